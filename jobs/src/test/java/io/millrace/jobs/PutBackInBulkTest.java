package io.millrace.jobs;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import org.jobrunr.jobs.states.FailedState;
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

/** Failed jobs go back into the queue, as many as a filter says; nobody works on them. */
class PutBackInBulkTest {

    private static final String ILLEGAL = IllegalStateException.class.getName();

    private final StoreTables tables = new StoreTables();
    private final TransactionTemplate transactions = new TransactionTemplate(
            new JdbcTransactionManager(tables.database));
    private final JobQueue queue = StoreQueue.on(tables);

    @AfterEach
    void close() {
        tables.close();
    }

    @Test
    void putsBackTenThousandAndLeavesTheOthers() {
        var calls = calls(10_000);
        var bells = bells(700);
        FailedRows.fail(tables.jdbc, calls, ILLEGAL);
        FailedRows.fail(tables.jdbc, bells, ILLEGAL);
        var filter = FailedJobs.ALL.withType("call-upstream").withQueue("upstream").withException(ILLEGAL);

        var before = rows();
        assertThat(queue.retryAllDryRun(filter))
                .isEqualTo(new RetriedJobs(10_000, Map.of("call-upstream", 10_000)));
        assertThat(queue.retryAllDryRun(FailedJobs.ALL).byType())
                .isEqualTo(Map.of("call-upstream", 10_000, "ring-bell", 700));
        assertThat(rows()).as("after a dry run").isEqualTo(before);

        assertThat(queue.retryAll(filter)).isEqualTo(new RetriedJobs(10_000, Map.of("call-upstream", 10_000)));

        assertThat(tables.count("ENQUEUED")).isEqualTo(10_000);
        assertThat(tables.count("FAILED")).isEqualTo(700);
        assertThat(tables.store.getJobStats().getFailed()).isEqualTo(700);
        var job = tables.store.getJobById(calls.get(7_777));
        assertThat(job.getVersion()).isEqualTo(3);
        assertThat(job.getJobStates()).extracting(state -> state.getName()).containsExactly(StateName.ENQUEUED,
                StateName.FAILED, StateName.ENQUEUED);
        assertThat(job.getUpdatedAt()).isEqualTo(updatedAt(job.getId()));
        assertThat(queue.retryAll(filter).jobs()).isZero();
    }

    @Test
    void takesTheOldestUpToTheLimit() {
        var ids = calls(1_203);
        ids.reversed().forEach(id -> FailedRows.fail(tables.jdbc, List.of(id), ILLEGAL));
        var some = FailedJobs.ALL.withLimit(1_200);

        assertThat(queue.retryAllDryRun(some).jobs()).isEqualTo(1_200);
        assertThat(queue.retryAll(some).jobs()).isEqualTo(1_200);

        assertThat(ids.subList(0, 3)).allSatisfy(id -> assertThat(state(id)).isEqualTo(State.FAILED));
        assertThat(tables.jdbc.sql("select id from millrace_jobs.jobrunr_jobs where state = 'ENQUEUED' order by %s"
                .formatted(Place.ORDER)).query(String.class).list())
                .as("in the order in which they failed")
                .isEqualTo(ids.subList(3, ids.size()).reversed().stream().map(UUID::toString).toList());
    }

    @Test
    void tellsExceptionsApartInRowsOfEitherForm() {
        var illegal = calls(2);
        var io = calls(1);
        FailedRows.fail(tables.jdbc, illegal, ILLEGAL);
        FailedRows.fail(tables.jdbc, io, IOException.class.getName());
        var jobRunrs = jobRunrsForm(illegal.getFirst());

        assertThat(List.of(ILLEGAL, "IllegalStateException", "IllegalState", "StateException", "%Exception", "Error"))
                .extracting(name -> queue.retryAllDryRun(FailedJobs.ALL.withException(name)).jobs())
                .containsExactly(2, 2, 0, 0, 0, 0);
        assertThat(queue.retryAll(FailedJobs.ALL.withException(IllegalStateException.class)).byType())
                .isEqualTo(Map.of("call-upstream", 2));
        assertThat(state(jobRunrs)).isEqualTo(State.ENQUEUED);
        assertThat(tables.store.getJobById(jobRunrs).getVersion()).isEqualTo(4);
        assertThat(state(io.getFirst())).isEqualTo(State.FAILED);
    }

    @Test
    void takesWhatFailedInATime() {
        var ids = calls(3);
        for (int i = 0; i < 3; i++) {
            FailedRows.fail(tables.jdbc, List.of(ids.get(i)), ILLEGAL);
            tables.jdbc.sql("update millrace_jobs.jobrunr_jobs set updatedAt = ?::timestamp where id = ?")
                    .param("2026-01-0" + (i + 1) + "T00:00:00").param(ids.get(i).toString()).update();
        }
        var first = Instant.parse("2026-01-01T00:00:00Z");

        queue.retryAll(FailedJobs.ALL.withFailedFrom(first.plus(Duration.ofDays(1)))
                .withFailedBefore(first.plus(Duration.ofDays(2))));

        assertThat(ids).extracting(this::state).containsExactly(State.FAILED, State.ENQUEUED, State.FAILED);
    }

    @Test
    void isUndoneWithTheCallersTransaction() {
        FailedRows.fail(tables.jdbc, calls(1_200), ILLEGAL);
        var before = rows();

        transactions.executeWithoutResult(status -> {
            assertThat(queue.retryAll(FailedJobs.ALL).jobs()).isEqualTo(1_200);
            status.setRollbackOnly();
        });

        assertThat(rows()).isEqualTo(before);
    }

    @Test
    void putsEachBackOnceWhenTwoPutThemBackAtOnce() {
        FailedRows.fail(tables.jdbc, calls(5_000), ILLEGAL);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var both = IntStream.range(0, 2).mapToObj(_ -> CompletableFuture
                    .supplyAsync(() -> queue.retryAll(FailedJobs.ALL).jobs(), threads)).toList();
            assertThat(both.stream().mapToInt(CompletableFuture::join).sum()).isLessThanOrEqualTo(5_000);
        }
        queue.retryAll(FailedJobs.ALL);

        assertThat(tables.jdbc.sql("select distinct state || version from millrace_jobs.jobrunr_jobs")
                .query(String.class).list()).containsExactly("ENQUEUED3");
    }

    @Test
    void passesOverWhatSomebodyHolds() throws SQLException {
        var ids = calls(2);
        FailedRows.fail(tables.jdbc, ids, ILLEGAL);
        var keyed = queue.enqueue(new CallUpstream(0, "x"),
                EnqueueOptions.DEFAULTS.withUniqueKey(UniqueKey.whileWaiting("key")));
        FailedRows.fail(tables.jdbc, List.of(keyed), ILLEGAL);
        try (var other = tables.database.getConnection(); var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("select from millrace_jobs.jobrunr_jobs where id = '%s' for update"
                    .formatted(ids.getFirst()));
            statement.execute("select from millrace_jobs.job_unique_keys for update");

            assertThat(queue.retryAll(FailedJobs.ALL).jobs()).isEqualTo(1);
            other.rollback();
        }

        assertThat(queue.retryAll(FailedJobs.ALL).jobs()).isEqualTo(2);
    }

    @Test
    void leavesRowsThatCannotBeRead() {
        var ids = calls(2);
        FailedRows.fail(tables.jdbc, ids, ILLEGAL);
        tables.jdbc.sql("update millrace_jobs.jobrunr_jobs set unreadable = 'x' where id = ?")
                .param(ids.getFirst().toString()).update();

        assertThat(queue.retryAllDryRun(FailedJobs.ALL).jobs()).isEqualTo(1);
        assertThat(queue.retryAll(FailedJobs.ALL).jobs()).isEqualTo(1);
        assertThat(tables.count("FAILED")).isEqualTo(1);
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThatIllegalArgumentException().isThrownBy(() -> FailedJobs.ALL.withLimit(0));
        var readOnly = new TransactionTemplate(Objects.requireNonNull(transactions.getTransactionManager()));
        readOnly.setReadOnly(true);
        assertThatIllegalStateException()
                .isThrownBy(() -> readOnly.executeWithoutResult(status -> queue.retryAll(FailedJobs.ALL)))
                .withMessageContaining("read-only");
    }

    /** Writes the row anew as JobRunr would, with an earlier failure of another kind. */
    private UUID jobRunrsForm(UUID id) {
        var job = tables.store.getJobById(id);
        var history = new ArrayList<>(job.getJobStates());
        history.add(1, new FailedState("earlier", new IOException("earlier")));
        var longer = new org.jobrunr.jobs.Job(id, job.getVersion() + 1, job.getJobDetails(), history,
                new ConcurrentHashMap<>(Map.of("a number", 1)));
        longer.setJobName(job.getJobName());
        var json = tables.store.rows().mapper().serializeJob(longer);
        assertThat(StoredForm.is(json)).isFalse();
        tables.jdbc.sql("update millrace_jobs.jobrunr_jobs set version = version + 1, jobAsJson = ? where id = ?")
                .param(json).param(id.toString()).update();
        return id;
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

    private Instant updatedAt(UUID id) {
        return tables.jdbc.sql("select updatedAt from millrace_jobs.jobrunr_jobs where id = ?").param(id.toString())
                .query(LocalDateTime.class).single().toInstant(ZoneOffset.UTC);
    }

    private String rows() {
        return tables.jdbc.sql("select md5(string_agg(job::text, '' order by id)) from millrace_jobs.jobrunr_jobs job")
                .query(String.class).single();
    }
}
