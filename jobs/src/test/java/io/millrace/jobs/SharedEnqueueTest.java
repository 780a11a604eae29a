package io.millrace.jobs;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.support.TransactionTemplate;

import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.SharedEnqueue.Enqueued;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** Many callers that enqueue at the same moment, each for itself. */
class SharedEnqueueTest extends EmbeddedEngine {

    private static final int MANY = 300;
    private static final EnqueueOptions LATER = EnqueueOptions.DEFAULTS
            .withRunAt(Instant.parse("2030-01-01T10:00:00.123456Z")).withPriority(7)
            .withLabels(List.of("a:1", "b"));

    @Autowired
    SharedEnqueue shared;
    @Autowired
    TransactionTemplate transactions;

    @Test
    void enqueuesEachAndTellsItAsItStands() throws Exception {
        var enqueued = together(IntStream.range(0, MANY).<Callable<Enqueued>>mapToObj(number -> () -> {
            var job = shared.enqueue("ship-order", payload(number + 1), LATER);
            assertThat(queue.find(job.id())).isEqualTo(job.job());
            return job;
        }).toList());

        for (var one : enqueued) {
            assertThat(one.get().isNew()).isTrue();
        }
        assertThat(enqueued).extracting(one -> one.get().id()).doesNotHaveDuplicates();
        assertThat(shared.enqueue("ship-order", payload(1), LATER).job().orElseThrow().state())
                .isEqualTo(State.SCHEDULED);
    }

    @Test
    void wakesTheWorkers() {
        var job = shared.enqueue("ship-order", payload(1), EnqueueOptions.DEFAULTS);

        await(job.id(), State.SUCCEEDED);
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

        together(IntStream.range(0, MANY).<Callable<Enqueued>>mapToObj(
                number -> () -> shared.enqueue("ship-order", payload(1), LATER)).toList());
        jdbc.sql("drop trigger count_inserts on millrace_jobs.jobrunr_jobs").update();

        assertThat(jdbc.sql("select last_value from inserts").query(Integer.class).single()).isLessThan(MANY / 2);
    }

    @Test
    void queuesOneJobForManyWithOneKey() throws Exception {
        var once = LATER.withIdempotencyKey("many at once");

        var enqueued = together(IntStream.range(0, MANY).<Callable<Enqueued>>mapToObj(
                number -> () -> shared.enqueue("ship-order", payload(1), once)).toList());

        var ids = enqueued.stream().map(SharedEnqueueTest::valueOf).map(Enqueued::id).distinct().toList();
        assertThat(ids).hasSize(1);
        assertThat(enqueued.stream().map(SharedEnqueueTest::valueOf).filter(Enqueued::isNew)).hasSize(1);
        assertThat(jobsInStore(ids.getFirst())).isEqualTo(1);
    }

    @Test
    void refusesOnlyWhoUsesAKeyForAnotherRequest() throws Exception {
        shared.enqueue("ship-order", payload(1), LATER.withIdempotencyKey("taken"));

        var enqueued = together(IntStream.range(0, MANY).<Callable<Enqueued>>mapToObj(number -> () -> shared.enqueue(
                "ship-order", payload(2), LATER.withIdempotencyKey(number == 7 ? "taken" : "free " + number)))
                .toList());

        for (int i = 0; i < MANY; i++) {
            var one = enqueued.get(i);
            if (i == 7) {
                assertThatExceptionOfType(ExecutionException.class).isThrownBy(one::get)
                        .withCauseInstanceOf(IdempotencyKeyReused.class);
            } else {
                assertThat(one.get().isNew()).isTrue();
            }
        }
    }

    @Test
    void takesOverAKeyThatHasExpired() {
        var first = shared.enqueue("ship-order", payload(1), LATER.withIdempotencyKey("expired"));
        jdbc.sql("update millrace_jobs.job_idempotency_keys set expires_at = now() - interval '1 s'").update();

        var second = shared.enqueue("ship-order", payload(2), LATER.withIdempotencyKey("expired"));

        assertThat(second.isNew()).isTrue();
        assertThat(second.id()).isNotEqualTo(first.id());
    }

    @Test
    void letsAUniqueKeyHoldOneJob() {
        var unique = LATER.withUniqueKey(UniqueKey.whileWaiting("one of them"));

        var first = shared.enqueue("ship-order", payload(1), unique);
        var second = shared.enqueue("ship-order", payload(1), unique);

        assertThat(first.isNew()).isTrue();
        assertThat(second.isNew()).isFalse();
        assertThat(second.id()).isEqualTo(first.id());
    }

    @Test
    void failsOnlyTheOneThatTheDatabaseRefuses() throws Exception {
        var refused = UUID.randomUUID();
        jdbc.sql("alter table millrace_jobs.jobrunr_jobs add constraint not_this_one check (id <> '%s')"
                .formatted(refused)).update();

        var enqueued = together(IntStream.range(0, MANY).<Callable<Enqueued>>mapToObj(number -> () -> shared.enqueue(
                "ship-order", payload(1), number == 7 ? LATER.withId(refused) : LATER)).toList());
        jdbc.sql("alter table millrace_jobs.jobrunr_jobs drop constraint not_this_one").update();

        for (int i = 0; i < MANY; i++) {
            var one = enqueued.get(i);
            if (i == 7) {
                assertThatExceptionOfType(ExecutionException.class).isThrownBy(one::get)
                        .withCauseInstanceOf(DataAccessException.class).havingRootCause()
                        .isInstanceOf(SQLException.class);
            } else {
                assertThat(one.get().isNew()).isTrue();
            }
        }
        assertThat(queue.find(refused)).isEmpty();
    }

    @Test
    void refusesToLeaveTheCallersTransaction() {
        transactions.executeWithoutResult(status -> assertThatIllegalStateException()
                .isThrownBy(() -> shared.enqueue("ship-order", payload(1), LATER))
                .withMessageContaining("JobQueue"));
    }

    private int jobsInStore(UUID id) {
        return jdbc.sql("select count(*) from millrace_jobs.jobrunr_jobs where id = ?").param(id.toString())
                .query(Integer.class).single();
    }

    private static String payload(int order) {
        return "{\"orderId\":%d,\"address\":\"somewhere\"}".formatted(order);
    }

    private static <T> T valueOf(Future<T> ended) {
        return Objects.requireNonNull(ended.resultNow());
    }

    private static <T> List<Future<T>> together(List<Callable<T>> calls) throws InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.invokeAll(calls);
        }
    }
}
