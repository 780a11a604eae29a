package io.millrace.jobs;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.states.EnqueuedState;
import org.junit.jupiter.api.Test;

import io.millrace.jobs.Attempt.Told;

import static org.assertj.core.api.Assertions.assertThat;

class AttemptTest {

    private final Attempt attempt = new Attempt(job(1));

    @Test
    void endsOrIsTakenAwayAndNeverBoth() throws InterruptedException {
        for (int i = 0; i < 200; i++) {
            var contested = new Attempt(job(1));
            var start = new CountDownLatch(1);
            var won = new AtomicInteger();
            var threads = IntStream.range(0, 2).mapToObj(which -> Thread.ofVirtual().start(() -> {
                try {
                    start.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                won.addAndGet((which == 0 ? contested.end() : contested.takeAway()) ? 1 : 0);
            })).toList();
            start.countDown();
            for (var thread : threads) {
                thread.join();
            }
            assertThat(won).hasValue(1);
        }
    }

    @Test
    void isToldOnceAndTheFirstReasonStands() {
        assertThat(attempt.begin(Thread.currentThread())).isTrue();

        assertThat(attempt.tell(Told.REPLACED)).isTrue();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(attempt.tell(Told.STOPPING)).isFalse();

        assertThat(Thread.interrupted()).isFalse();
        assertThat(attempt.told()).isEqualTo(Told.REPLACED);
        assertThat(attempt.hasLostItsJob()).isTrue();
    }

    @Test
    void interruptsNobodyWhoseHandlerIsDone() {
        attempt.begin(Thread.currentThread());
        attempt.handlerIsDone();

        assertThat(attempt.tell(Told.STOPPING)).isTrue();

        assertThat(Thread.interrupted()).isFalse();
        assertThat(attempt.hasLostItsJob()).isFalse();
    }

    @Test
    void isToldNothingOnceItHasEnded() {
        attempt.begin(Thread.currentThread());
        attempt.end();

        assertThat(attempt.tell(Told.REPLACED)).isFalse();

        assertThat(Thread.interrupted()).isFalse();
        assertThat(attempt.told()).isNull();
    }

    @Test
    void doesNotBeginWhereItWasToldBefore() {
        attempt.tell(Told.CANCELLED);

        assertThat(attempt.begin(Thread.currentThread())).isFalse();
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void isToldNotToBeginOnlyBeforeItsHandlerIsCalled() {
        attempt.begin(Thread.currentThread());
        assertThat(attempt.mayCallHandler()).isTrue();

        attempt.tellUnlessBegun(Told.STOPPING);

        assertThat(Thread.interrupted()).isFalse();
        assertThat(attempt.told()).isNull();
        var waiting = new Attempt(job(1));
        waiting.begin(Thread.currentThread());
        waiting.tellUnlessBegun(Told.STOPPING);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(waiting.mayCallHandler()).isFalse();
    }

    @Test
    void isOverdueOnceItsHandlerHasRunForTooLongAndNotForWhatComesBefore() {
        attempt.begin(Thread.currentThread(), new TimeLimit(Duration.ofHours(1), Duration.ofHours(1)), () -> {
        });
        assertThat(attempt.isOverdue(inHours(2))).as("while it waits for the database").isFalse();

        assertThat(attempt.mayCallHandler()).isTrue();
        assertThat(attempt.isOverdue(inHours(2))).as("while an old result is forgotten").isFalse();

        attempt.handlerBegins();

        assertThat(attempt.isOverdue(inHours(0))).isFalse();
        assertThat(attempt.isOverdue(inHours(2))).isTrue();
        attempt.handlerIsDone();
        assertThat(attempt.isOverdue(inHours(2))).isFalse();
    }

    private static long inHours(int hours) {
        return System.nanoTime() + Duration.ofHours(hours).toNanos();
    }

    private static Job job(int version) {
        var job = SealedJob.of(UUID.randomUUID(), new EnqueuedJob("ship-order", 1, "shipping", 0, 3, "{}"),
                new EnqueuedState(), List.of());
        return new Job(job.getId(), version, job.getJobDetails(), job.getJobStates(), new ConcurrentHashMap<>());
    }
}
