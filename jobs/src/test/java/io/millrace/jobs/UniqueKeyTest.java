package io.millrace.jobs;

import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.UniqueKey.Policy;
import io.millrace.jobs.sample.ShipOrder;
import io.millrace.jobs.sample.ShipOrderHandler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/** At most one job holds a key: for how long, and what becomes of the next. */
class UniqueKeyTest extends EmbeddedEngine {

    @Autowired
    TransactionTemplate transactions;
    @Autowired
    ShipOrderHandler handler;
    @Autowired
    KeySweep sweep;
    @Autowired
    Clock clock;

    @Test
    void keepsTheWaitingJob() {
        var key = UniqueKey.whileWaiting("keep");
        var first = queue.enqueue(ship(1), later(key));

        assertThat(queue.enqueue(ship(2), later(key))).isEqualTo(first);
        assertThat(queue.enqueue(ship(2), later(key))).isEqualTo(first);
    }

    @Test
    void takesAnotherKeyOrTypeForAnother() {
        var first = queue.enqueue(ship(1), later(UniqueKey.whileWaiting("one")));

        assertThat(queue.enqueue(ship(1), later(UniqueKey.whileWaiting("two")))).isNotEqualTo(first);
        assertThat(jdbc.sql("select type from millrace_jobs.job_unique_keys where job_id = ?").param(first)
                .query(String.class).single()).isEqualTo("ship-order");
    }

    @Test
    void rejectsTheNextAndNamesTheHolder() {
        var key = UniqueKey.whileWaiting("reject").withPolicy(Policy.REJECT);
        var first = queue.enqueue(ship(1), later(key));

        assertThatExceptionOfType(DuplicateJob.class).isThrownBy(() -> queue.enqueue(ship(2), later(key)))
                .withMessageContainingAll(first.toString(), "reject", "ship-order").satisfies(refused -> {
                    assertThat(refused.existingId()).isEqualTo(first);
                    assertThat(refused.key()).isEqualTo("reject");
                });
    }

    @Test
    void replacesPayloadAndOptionsOfTheWaitingJobAndRunsThatAlone() {
        var key = UniqueKey.whileWaiting("replace").withPolicy(Policy.REPLACE);
        var first = queue.enqueue(ship(51_001), later(key).withLabels(List.of("old")));
        var created = queue.find(first).orElseThrow().createdAt();

        var second = queue.enqueue(ship(51_002),
                EnqueueOptions.DEFAULTS.withUniqueKey(key).withPriority(7).withLabels(List.of("new")));

        assertThat(second).isEqualTo(first);
        var done = await(first, State.SUCCEEDED);
        assertThat(done.priority()).isEqualTo(7);
        assertThat(done.labels()).containsExactly("new");
        assertThat(done.createdAt()).isCloseTo(created, within(1, ChronoUnit.MICROS));
        assertThat(results.find(first).orElseThrow().json()).contains("51002");
        assertThat(handler.handled()).contains(51_002).doesNotContain(51_001);
    }

    @Test
    void letsGoWhenTheJobStartsOrWhenItEndsAsItsScopeSays() {
        var waiting = running(52_001, UniqueKey.whileWaiting("starts"));
        var running = running(52_002, UniqueKey.whileWaitingOrRunning("ends"));

        assertThat(queue.enqueue(ship(1), later(UniqueKey.whileWaiting("starts")))).isNotEqualTo(waiting);
        assertThat(queue.enqueue(ship(1), later(UniqueKey.whileWaitingOrRunning("ends")))).isEqualTo(running);
        end(waiting, running);
        assertThat(queue.enqueue(ship(1), later(UniqueKey.whileWaitingOrRunning("ends")))).isNotEqualTo(running);
    }

    @Test
    void doesNotReplaceAJobThatRuns() {
        var key = UniqueKey.whileWaitingOrRunning("replace-running").withPolicy(Policy.REPLACE);
        var running = running(52_003, key);

        assertThatThrownBy(() -> queue.enqueue(ship(2), later(key))).isInstanceOf(DuplicateJob.class)
                .hasMessageContaining("does not wait any more");
        end(running);
    }

    @Test
    void runsOneMoreAfterTheRunningOneAndNotBeside() {
        var key = UniqueKey.whileWaitingOrRunning("again").withPolicy(Policy.RUN_AGAIN_AFTER);
        var running = running(53_001, key);

        var again = queue.enqueue(ship(53_002), EnqueueOptions.DEFAULTS.withUniqueKey(key));

        assertThat(again).isNotEqualTo(running);
        assertThat(queue.enqueue(ship(53_003), EnqueueOptions.DEFAULTS.withUniqueKey(key))).isEqualTo(again);
        // A job behind it in the queue has been fetched, so the queue has been looked through.
        await(queue.enqueue(ship(53_004)), State.SUCCEEDED);
        assertThat(queue.find(again).orElseThrow().state()).isEqualTo(State.ENQUEUED);
        end(running);
        await(again, State.SUCCEEDED);
        assertThat(handler.handled()).contains(53_002).doesNotContain(53_003);
    }

    @Test
    void followsTheRunningJobEvenWhenTheOneInBetweenIsCancelled() {
        var key = UniqueKey.whileWaitingOrRunning("in-between").withPolicy(Policy.RUN_AGAIN_AFTER);
        var running = running(53_005, key);
        var cancelled = queue.enqueue(ship(53_006), EnqueueOptions.DEFAULTS.withUniqueKey(key));
        assertThat(queue.cancel(cancelled)).isTrue();
        jdbc.sql("update millrace_jobs.job_unique_keys set sweep_at = now()").update();
        sweep.sweepUniqueKeys(Turns.REAL);

        assertThat(queue.enqueue(ship(53_007), later(key.withPolicy(Policy.KEEP)))).isEqualTo(running);
        var again = queue.enqueue(ship(53_008), EnqueueOptions.DEFAULTS.withUniqueKey(key));

        await(queue.enqueue(ship(53_009)), State.SUCCEEDED);
        assertThat(queue.find(again).orElseThrow().state()).isEqualTo(State.ENQUEUED);
        end(running);
        await(again, State.SUCCEEDED);
    }

    @Test
    void holdsForItsPeriodWhateverBecomesOfTheJobUnlessItIsCancelled() {
        var key = UniqueKey.forPeriod("period", Duration.ofHours(1));
        var first = queue.enqueue(ship(1), EnqueueOptions.DEFAULTS.withUniqueKey(key));
        await(first, State.SUCCEEDED);
        assertThat(queue.enqueue(ship(2), later(key))).isEqualTo(first);

        jdbc.sql("update millrace_jobs.job_unique_keys set period_ends = now() where job_id = ?").param(first).update();

        var second = queue.enqueue(ship(2), later(key));
        assertThat(second).isNotEqualTo(first);
        assertThat(queue.cancel(second)).isTrue();
        assertThat(queue.enqueue(ship(3), later(key))).isNotEqualTo(second);
    }

    @Test
    void keepsAWaitingJobFromStartingUntilTheCallerThatReliesOnItHasCommitted() {
        var key = UniqueKey.whileWaiting("pinned");
        var waiting = queue.enqueue(ship(54_001), later(key));
        transactions.executeWithoutResult(status -> {
            assertThat(queue.enqueue(ship(54_002), later(key))).isEqualTo(waiting);
            assertThat(freeForWorkers(waiting)).isFalse();
        });
        assertThat(freeForWorkers(waiting)).isTrue();
    }

    @Test
    void isSweptOnceNoJobHoldsIt() {
        var held = UniqueKey.whileWaitingOrRunning("held");
        var free = UniqueKey.whileWaitingOrRunning("free");
        queue.enqueue(ship(1), later(held));
        await(queue.enqueue(ship(1), EnqueueOptions.DEFAULTS.withUniqueKey(free)), State.SUCCEEDED);
        jdbc.sql("update millrace_jobs.job_unique_keys set sweep_at = now() where key in ('held', 'free')").update();

        assertThat(sweep.sweepUniqueKeys(Turns.REAL).rows()).isPositive();

        assertThat(jdbc.sql("select key from millrace_jobs.job_unique_keys where key in ('held', 'free')")
                .query(String.class).list()).containsExactly("held");
        assertThat(sweep.sweepUniqueKeys(Turns.REAL).rows()).isZero();
    }

    @Test
    void isLeftFreeByAJobWhoseIdWasThereAlready() {
        var key = UniqueKey.whileWaiting("known-id");
        var known = queue.enqueue(ship(1), later(UniqueKey.whileWaiting("other-key")));

        assertThat(queue.enqueue(ship(2), later(key).withId(known))).isEqualTo(known);

        assertThat(queue.enqueue(ship(3), later(key))).isNotEqualTo(known);
    }

    @Test
    void isRefusedWhereItMakesNoSense() {
        assertThatThrownBy(() -> UniqueKey.whileWaiting(" ")).isInstanceOf(InvalidEnqueueOption.class);
        assertThatThrownBy(() -> UniqueKey.whileWaiting("x".repeat(256))).isInstanceOf(InvalidEnqueueOption.class);
        assertThatThrownBy(() -> UniqueKey.forPeriod("x", Duration.ZERO)).isInstanceOf(InvalidEnqueueOption.class);
        assertThatThrownBy(() -> UniqueKey.whileWaiting("x").withPolicy(Policy.RUN_AGAIN_AFTER))
                .isInstanceOf(InvalidEnqueueOption.class).hasMessageContaining("WHILE_WAITING_OR_RUNNING");
    }

    /** As seen from another transaction. */
    private boolean freeForWorkers(UUID id) {
        try (var caller = Executors.newVirtualThreadPerTaskExecutor()) {
            return CompletableFuture
                    .supplyAsync(() -> jdbc.sql("""
                                                select id from millrace_jobs.jobrunr_jobs where id = ?
                                                for update skip locked
                                                """).param(id.toString()).query(String.class).optional().isPresent(),
                            caller)
                    .join();
        }
    }

    private UUID running(int order, UniqueKey key) {
        var id = queue.enqueue(new ShipOrder(order, "rings until opened"), EnqueueOptions.DEFAULTS.withUniqueKey(key));
        Awaitility.await().until(() -> handler.handled().contains(order));
        return id;
    }

    private void end(UUID... ids) {
        for (int i = 0; i < ids.length; i++) {
            handler.openADoor();
        }
        for (var id : ids) {
            await(id, State.SUCCEEDED);
        }
    }

    private EnqueueOptions later(UniqueKey key) {
        return EnqueueOptions.DEFAULTS.withUniqueKey(key).withRunAt(clock.instant().plus(Duration.ofDays(1)));
    }

    private static ShipOrder ship(int order) {
        return new ShipOrder(order, "somewhere");
    }
}
