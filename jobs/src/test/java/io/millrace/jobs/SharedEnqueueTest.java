package io.millrace.jobs;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.support.TransactionTemplate;

import io.millrace.jobs.JobStatus.State;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** Many callers that enqueue at the same moment, each for itself. */
class SharedEnqueueTest extends EmbeddedEngine {

    private static final int MANY = 300;
    /** No worker takes it meanwhile. */
    private static final EnqueueOptions LATER = EnqueueOptions.DEFAULTS
            .withRunAt(Instant.parse("2030-01-01T10:00:00.123456Z")).withPriority(7)
            .withLabels(List.of("a:1", "b"));

    @Autowired
    SharedEnqueue shared;
    @Autowired
    TransactionTemplate transactions;

    @Test
    void enqueuesEachAndTellsItAsItStands() throws Exception {
        var enqueued = together(IntStream.range(0, MANY).<Callable<JobStatus>>mapToObj(number -> () -> {
            var job = shared.tryEnqueue("ship-order", payload(number + 1), LATER.withEnqueuedBy("somebody"));
            assertThat(queue.find(job.orElseThrow().id())).isEqualTo(job);
            return job.get();
        }).toList());

        assertThat(enqueued).extracting(one -> one.get().id()).doesNotHaveDuplicates();
        assertThat(enqueued).extracting(one -> one.get().state()).containsOnly(State.SCHEDULED);
    }

    @Test
    void wakesTheWorkers() {
        var job = shared.tryEnqueue("ship-order", payload(1), EnqueueOptions.DEFAULTS);

        await(job.orElseThrow().id(), State.SUCCEEDED);
    }

    @Test
    void sharesFewCommits() throws Exception {
        jdbc.sql("""
                 create sequence inserts;
                 create function count_inserts() returns trigger language plpgsql as $$
                     begin perform nextval('inserts'); return null; end $$;
                 create trigger count_inserts after insert on millrace_jobs.jobrunr_jobs
                     for each statement execute function count_inserts();
                 """).update();

        together(many(number -> shared.tryEnqueue("ship-order", payload(1), LATER)));
        jdbc.sql("drop trigger count_inserts on millrace_jobs.jobrunr_jobs").update();

        assertThat(jdbc.sql("select last_value from inserts").query(Integer.class).single()).isLessThan(MANY / 2);
    }

    @Test
    void queuesOneJobForManyWithOneKey() throws Exception {
        var once = LATER.withIdempotencyKey("many at once");

        var enqueued = together(many(number -> shared.tryEnqueue("ship-order", payload(1), once)));

        var jobs = enqueued.stream().flatMap(one -> valueOf(one).stream()).toList();
        assertThat(jobs).hasSize(1);
        assertThat(queue.enqueue("ship-order", payload(1), once)).isEqualTo(jobs.getFirst().id());
        assertThat(shared.tryEnqueue("ship-order", payload(2), once)).as("another request").isEmpty();
    }

    @Test
    void letsNobodyWaitForAKeyThatSomebodyElseIsClaiming() throws Exception {
        var enqueued = transactions.execute(status -> {
            queue.enqueue("ship-order", payload(1), LATER.withIdempotencyKey("under way"));
            return together(many(number -> shared.tryEnqueue("ship-order", payload(1),
                    LATER.withIdempotencyKey(number == 7 ? "under way" : "of its own " + number))));
        });

        for (int i = 0; i < MANY; i++) {
            assertThat(valueOf(Objects.requireNonNull(enqueued).get(i)).isPresent()).isEqualTo(i != 7);
        }
    }

    @Test
    void leavesAKeyThatHasExpiredToTheQueue() {
        shared.tryEnqueue("ship-order", payload(1), LATER.withIdempotencyKey("expired"));
        jdbc.sql("update millrace_jobs.job_idempotency_keys set expires_at = now() - interval '1 s'").update();
        var again = LATER.withIdempotencyKey("expired").withId(UUID.randomUUID());

        assertThat(shared.tryEnqueue("ship-order", payload(2), again)).isEmpty();
        assertThat(queue.enqueue("ship-order", payload(2), again)).isEqualTo(again.id());
    }

    @Test
    void leavesAJobAloneWhoseIdIsThere() {
        var first = shared.tryEnqueue("ship-order", payload(1), LATER).orElseThrow();

        assertThat(shared.tryEnqueue("ship-order", payload(2), LATER.withId(first.id()).withPriority(1))).isEmpty();
        assertThat(queue.find(first.id())).hasValue(first);
    }

    @Test
    void takesNoUniqueKeys() {
        assertThatIllegalArgumentException().isThrownBy(() -> shared.tryEnqueue("ship-order", payload(1),
                LATER.withUniqueKey(UniqueKey.whileWaiting("one of them")))).withMessageContaining("JobQueue");
    }

    @Test
    void failsOnlyTheOneThatTheDatabaseRefuses() throws Exception {
        var refused = UUID.randomUUID();
        jdbc.sql("alter table millrace_jobs.jobrunr_jobs add constraint not_this_one check (id <> '%s')"
                .formatted(refused)).update();

        var enqueued = together(many(number -> shared.tryEnqueue("ship-order", payload(1),
                number == 7 ? LATER.withId(refused) : LATER)));
        jdbc.sql("alter table millrace_jobs.jobrunr_jobs drop constraint not_this_one").update();

        for (int i = 0; i < MANY; i++) {
            var one = enqueued.get(i);
            if (i == 7) {
                assertThatExceptionOfType(ExecutionException.class).isThrownBy(one::get)
                        .withCauseInstanceOf(DataAccessException.class).havingRootCause()
                        .isInstanceOf(SQLException.class);
            } else {
                assertThat(valueOf(one)).isPresent();
            }
        }
        assertThat(queue.find(refused)).isEmpty();
    }

    @Test
    void refusesToLeaveTheCallersTransaction() {
        transactions.executeWithoutResult(status -> assertThatIllegalStateException()
                .isThrownBy(() -> shared.tryEnqueue("ship-order", payload(1), LATER))
                .withMessageContaining("JobQueue"));
    }

    private static List<Callable<Optional<JobStatus>>> many(IntFunction<Optional<JobStatus>> call) {
        return IntStream.range(0, MANY).<Callable<Optional<JobStatus>>>mapToObj(number -> () -> call.apply(number))
                .toList();
    }

    private static String payload(int order) {
        return "{\"orderId\":%d,\"address\":\"somewhere\"}".formatted(order);
    }

    private static <T> T valueOf(Future<T> ended) {
        return Objects.requireNonNull(ended.resultNow());
    }

    private static <T> List<Future<T>> together(List<Callable<T>> calls) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.invokeAll(calls);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
