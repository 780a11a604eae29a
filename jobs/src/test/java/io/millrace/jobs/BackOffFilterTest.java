package io.millrace.jobs;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

import org.jobrunr.jobs.states.EnqueuedState;
import org.jobrunr.jobs.states.StateName;
import org.junit.jupiter.api.Test;

import io.millrace.jobs.sample.ShipOrder;

import static org.assertj.core.api.Assertions.assertThat;

/** A handler's policy speaks of what the handler did, and of nothing else. */
class BackOffFilterTest {

    private final JobTypes types = new JobTypes(List.of("io.millrace.jobs.sample"),
            new JobsProperties("millrace_jobs", List.of(), Duration.ofHours(24), Duration.ofHours(24), true, Map.of()));
    private final BackOffFilter filter = new BackOffFilter(types, new JobHandlers(List.of(new Once()), types),
            Clock.systemUTC(), new Random(1));

    @Test
    void asksThePolicyWhereTheAttemptRan() {
        assertThat(onItsThread(new IllegalStateException("no"))).isEqualTo(StateName.FAILED);
    }

    @Test
    void triesAgainWhatWasInterrupted() {
        assertThat(onItsThread(new InterruptedException("stop"))).isEqualTo(StateName.SCHEDULED);
        assertThat(onItsThread(new IllegalStateException(new InterruptedException("stop"))))
                .isEqualTo(StateName.SCHEDULED);
    }

    @Test
    void triesAgainWhatWasLostElsewhere() {
        assertThat(elect(new IllegalStateException("orphaned"))).isEqualTo(StateName.SCHEDULED);
    }

    private StateName onItsThread(Exception failure) {
        var elected = new StateName[1];
        WorkerSlots.handOver("shipping", () -> {
        }, () -> elected[0] = elect(failure));
        return elected[0];
    }

    private StateName elect(Exception failure) {
        var job = SealedJob.of(UUID.randomUUID(), new EnqueuedJob("ship-order", 1, "shipping", 0, 3, "{}"),
                new EnqueuedState(), List.of());
        job.failed("An exception occurred", failure);
        filter.onStateElection(job, job.getJobState());
        return job.getState();
    }

    private static final class Once implements JobHandler<ShipOrder, ShipOrder.Shipped> {

        @Override
        public RetryPolicy retryPolicy() {
            return RetryPolicy.ofType().otherwise(RetryDelay.never());
        }

        @Override
        public ShipOrder.Shipped handle(ShipOrder job, JobExecution execution) {
            return new ShipOrder.Shipped(job.orderId(), execution.attempt());
        }
    }
}
