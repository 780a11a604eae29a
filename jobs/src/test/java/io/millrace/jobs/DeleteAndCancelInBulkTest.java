package io.millrace.jobs;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import org.jobrunr.jobs.states.StateName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.sample.CallUpstream;
import io.millrace.jobs.sample.RingBell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** Failed jobs and waiting ones end as DELETED, as many as a filter says; nobody works on them. */
class DeleteAndCancelInBulkTest {

    private static final String ILLEGAL = IllegalStateException.class.getName();
    private static final DeletedJobs NONE = new DeletedJobs(0, Map.of());

    private final StoreTables tables = new StoreTables();
    private final TransactionTemplate transactions = new TransactionTemplate(
            new JdbcTransactionManager(tables.database));
    private final JobQueue queue = StoreQueue.on(tables);

    @AfterEach
    void close() {
        tables.close();
    }

    @Test
    void deletesThousandsThatFailedAndLeavesTheOthers() {
        var calls = calls(1_300);
        var bells = bells(7);
        FailedRows.fail(tables.jdbc, calls, ILLEGAL);
        FailedRows.fail(tables.jdbc, bells, IOException.class.getName());
        bells(3);
        var filter = FailedJobs.ALL.withQueue("upstream").withException("IllegalStateException");

        var before = rows();
        assertThat(queue.deleteAllDryRun(filter)).isEqualTo(new DeletedJobs(1_300, Map.of("call-upstream", 1_300)));
        assertThat(rows()).as("after a dry run").isEqualTo(before);

        assertThat(queue.deleteAll(filter)).isEqualTo(new DeletedJobs(1_300, Map.of("call-upstream", 1_300)));

        assertThat(tables.count("DELETED")).isEqualTo(1_300);
        assertThat(tables.count("FAILED")).isEqualTo(7);
        assertThat(tables.count("ENQUEUED")).isEqualTo(3);
        assertThat(tables.store.getJobStats().getFailed()).isEqualTo(7);
        var job = tables.store.getJobById(calls.get(777));
        assertThat(job.getVersion()).isEqualTo(3);
        assertThat(job.getJobStates()).extracting(state -> state.getName()).containsExactly(StateName.ENQUEUED,
                StateName.FAILED, StateName.DELETED);
        assertThat(queue.deleteAll(filter)).isEqualTo(NONE);
    }

    @Test
    void deletesOfTheFailedThoseWithALabelOrAnErrorUpToALimit() {
        var labelled = queue.enqueue(new CallUpstream(1, "x"), EnqueueOptions.DEFAULTS.withLabels(List.of("tenant:1")));
        var others = calls(3);
        FailedRows.fail(tables.jdbc, List.of(labelled), ILLEGAL);
        FailedRows.fail(tables.jdbc, others, IOException.class.getName());
        tables.jdbc.sql("update millrace_jobs.jobrunr_jobs set error = 'java.io.IOException: broken pipe' where id = ?")
                .param(others.getFirst().toString()).update();

        assertThat(queue.deleteAllDryRun(FailedJobs.ALL.withLabel("tenant:1")).jobs()).isEqualTo(1);
        assertThat(queue.deleteAllDryRun(FailedJobs.ALL.withError("ioexception")).jobs()).isEqualTo(3);
        assertThat(queue.deleteAll(FailedJobs.ALL.withError("BROKEN PIPE")).jobs()).isEqualTo(1);
        assertThat(queue.deleteAll(FailedJobs.ALL.withLimit(1)).jobs()).isEqualTo(1);

        assertThat(state(others.getFirst())).isEqualTo(State.DELETED);
        assertThat(state(labelled)).as("the first to fail").isEqualTo(State.DELETED);
        assertThat(tables.count("FAILED")).isEqualTo(2);
    }

    @Test
    void cancelsThoseThatWaitAndNoneThatRunOrHaveEnded() {
        var calls = calls(1_100);
        var later = queue.enqueue(new CallUpstream(1, "x"),
                EnqueueOptions.DEFAULTS.withRunAt(Instant.now().plus(Duration.ofDays(1))));
        var bells = bells(2);
        FailedRows.fail(tables.jdbc, calls.subList(0, 1), ILLEGAL);
        tables.jdbc.sql("update millrace_jobs.jobrunr_jobs set state = 'PROCESSING' where id = ?")
                .param(calls.get(1).toString()).update();
        var filter = JobFilter.ALL.withType("call-upstream");

        var before = rows();
        assertThat(queue.cancelAllDryRun(filter)).isEqualTo(new DeletedJobs(1_099, Map.of("call-upstream", 1_099)));
        assertThat(queue.cancelAllDryRun(filter.withState(State.SCHEDULED)).jobs()).isEqualTo(1);
        assertThat(queue.cancelAllDryRun(filter.withCreatedBefore(Instant.EPOCH))).isEqualTo(NONE);
        assertThat(queue.cancelAllDryRun(filter.withLabel("nobody's"))).isEqualTo(NONE);
        assertThat(rows()).as("after dry runs").isEqualTo(before);

        assertThat(queue.cancelAll(filter)).isEqualTo(new DeletedJobs(1_099, Map.of("call-upstream", 1_099)));

        assertThat(tables.count("DELETED")).isEqualTo(1_099);
        assertThat(state(later)).isEqualTo(State.DELETED);
        assertThat(state(calls.getFirst())).isEqualTo(State.FAILED);
        assertThat(tables.count("PROCESSING")).isEqualTo(1);
        assertThat(bells).allSatisfy(id -> assertThat(state(id)).isEqualTo(State.ENQUEUED));
        assertThat(queue.cancelAll(filter)).isEqualTo(NONE);
    }

    @Test
    void cancelsUpToALimitThoseThatHaveWaitedForLongest() {
        var later = queue.enqueue(new CallUpstream(0, "x"),
                EnqueueOptions.DEFAULTS.withRunAt(Instant.now().plus(Duration.ofDays(1))));
        calls(1_100);
        var last = bells(1).getFirst();

        assertThat(queue.cancelAllDryRun(JobFilter.ALL, 700))
                .isEqualTo(new DeletedJobs(700, Map.of("call-upstream", 700)));
        assertThat(queue.cancelAllDryRun(JobFilter.ALL, 1)).isEqualTo(new DeletedJobs(1, Map.of("call-upstream", 1)));

        assertThat(queue.cancelAll(JobFilter.ALL, 700)).isEqualTo(new DeletedJobs(700, Map.of("call-upstream", 700)));

        assertThat(state(later)).isEqualTo(State.DELETED);
        assertThat(tables.count("DELETED")).isEqualTo(700);
        assertThat(state(last)).isEqualTo(State.ENQUEUED);
        assertThat(queue.cancelAll(JobFilter.ALL, 1_000).jobs()).isEqualTo(402);
        assertThatIllegalArgumentException().isThrownBy(() -> queue.cancelAll(JobFilter.ALL, 0))
                .withMessageContaining("most must be 1 or more");
    }

    @Test
    void letsGoOfTheKeysOfWhatIsCancelled() {
        var forPeriod = EnqueueOptions.DEFAULTS.withUniqueKey(UniqueKey.forPeriod("key", Duration.ofHours(1)));
        var waiting = EnqueueOptions.DEFAULTS.withUniqueKey(UniqueKey.whileWaiting("another"));
        var first = List.of(queue.enqueue(new CallUpstream(1, "x"), forPeriod),
                queue.enqueue(new CallUpstream(1, "x"), waiting));

        assertThat(queue.cancelAll(JobFilter.ALL).jobs()).isEqualTo(2);

        assertThat(queue.enqueue(new CallUpstream(2, "x"), forPeriod)).isNotIn(first);
        assertThat(queue.enqueue(new CallUpstream(2, "x"), waiting)).isNotIn(first);
    }

    @Test
    void passesOverWhatSomebodyHolds() throws SQLException {
        var ids = calls(2);
        queue.enqueue(new CallUpstream(0, "x"),
                EnqueueOptions.DEFAULTS.withUniqueKey(UniqueKey.whileWaiting("key")));
        try (var other = tables.database.getConnection(); var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("select from millrace_jobs.jobrunr_jobs where id = '%s' for update"
                    .formatted(ids.getFirst()));
            statement.execute("select from millrace_jobs.job_unique_keys for update");

            assertThat(queue.cancelAll(JobFilter.ALL).jobs()).isEqualTo(1);
            other.rollback();
        }

        assertThat(queue.cancelAll(JobFilter.ALL).jobs()).isEqualTo(2);
    }

    @Test
    void endsEachOnceWhenTwoDoSoAtOnce() {
        FailedRows.fail(tables.jdbc, calls(2_000), ILLEGAL);
        bells(2_000);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = IntStream.range(0, 4).mapToObj(number -> CompletableFuture.supplyAsync(() -> number % 2 == 0
                    ? queue.deleteAll(FailedJobs.ALL).jobs()
                    : queue.cancelAll(JobFilter.ALL).jobs(), threads)).toList();
            assertThat(all.stream().mapToInt(CompletableFuture::join).sum()).isLessThanOrEqualTo(4_000);
        }
        queue.deleteAll(FailedJobs.ALL);
        queue.cancelAll(JobFilter.ALL);

        assertThat(tables.jdbc.sql("select distinct type || state || version from millrace_jobs.jobrunr_jobs")
                .query(String.class).list())
                .containsExactlyInAnyOrder("call-upstreamDELETED3", "ring-bellDELETED2");
    }

    @Test
    void isUndoneWithTheCallersTransaction() {
        FailedRows.fail(tables.jdbc, calls(600), ILLEGAL);
        bells(600);
        var before = rows();

        transactions.executeWithoutResult(status -> {
            assertThat(queue.deleteAll(FailedJobs.ALL).jobs()).isEqualTo(600);
            assertThat(queue.cancelAll(JobFilter.ALL).jobs()).isEqualTo(600);
            status.setRollbackOnly();
        });

        assertThat(rows()).isEqualTo(before);
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> queue.cancelAll(JobFilter.ALL.withState(State.PROCESSING)))
                .withMessageContaining("SCHEDULED or ENQUEUED");
        var readOnly = new TransactionTemplate(Objects.requireNonNull(transactions.getTransactionManager()));
        readOnly.setReadOnly(true);
        assertThatIllegalStateException()
                .isThrownBy(() -> readOnly.executeWithoutResult(status -> queue.deleteAll(FailedJobs.ALL)))
                .withMessageContaining("read-only");
        assertThatIllegalStateException()
                .isThrownBy(() -> readOnly.executeWithoutResult(status -> queue.cancelAll(JobFilter.ALL)))
                .withMessageContaining("read-only");
    }

    private List<UUID> calls(int count) {
        return queue.enqueueAll(IntStream.range(0, count).mapToObj(number -> new CallUpstream(number, "x")));
    }

    private List<UUID> bells(int count) {
        return queue.enqueueAll(IntStream.range(0, count).mapToObj(RingBell::new));
    }

    private State state(UUID id) {
        return queue.find(id).orElseThrow().state();
    }

    private String rows() {
        return tables.jdbc.sql("select md5(string_agg(job::text, '' order by id)) from millrace_jobs.jobrunr_jobs job")
                .query(String.class).single();
    }
}
