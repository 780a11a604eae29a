package io.millrace.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.states.DeletedState;
import org.jobrunr.jobs.states.EnqueuedState;
import org.jobrunr.jobs.states.FailedState;
import org.jobrunr.jobs.states.JobState;
import org.jobrunr.jobs.states.ProcessingState;
import org.jobrunr.jobs.states.ScheduledState;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Which attempts count. */
class SincePutBackTest {

    private static final JobState ENQUEUED = new EnqueuedState();
    private static final JobState RETRY = new ScheduledState(Instant.EPOCH, "attempt 1 of 3 failed");
    private static final JobState RUNS = new ProcessingState(UUID.randomUUID(), "worker", Instant.EPOCH, Instant.EPOCH);
    private static final JobState FAILED = failed("java.lang.IllegalStateException", false);

    @Test
    void countsAllWhereItWasNeverPutBack() {
        var job = job(ENQUEUED, RUNS, FAILED, RETRY, ENQUEUED, RUNS, FAILED);

        assertThat(Attempts.of(job).failures()).isEqualTo(2);
        assertThat(Attempts.of(job).number()).isEqualTo(2);
    }

    @Test
    void beginsAnewWhereItWentBackFromItsEnd() {
        var job = job(ENQUEUED, RUNS, FAILED, ENQUEUED, RUNS, FAILED, RETRY, ENQUEUED, RUNS);

        assertThat(Attempts.of(job).failures()).isEqualTo(1);
        assertThat(Attempts.of(job).number()).isEqualTo(2);
        assertThat(Attempts.of(job(ENQUEUED, RUNS, FAILED, new DeletedState("gone"), ENQUEUED)).number()).isZero();
    }

    @Test
    void isNotPutBackByARescueUnlessItHadEndedThere() {
        var lost = failed(WorkerCrashed.class.getName(), false);
        var quarantined = failed(WorkerCrashed.class.getName(), true);

        assertThat(Attempts.of(job(ENQUEUED, RUNS, FAILED, RETRY, ENQUEUED, RUNS, lost, ENQUEUED, RUNS)))
                .isEqualTo(new Attempts(2, 1, 1));
        assertThat(Attempts.of(job(ENQUEUED, RUNS, quarantined, ENQUEUED, RUNS))).isEqualTo(new Attempts(1, 0, 0));
    }

    @Test
    void keepsWhatCountsWhereItIsPutOff() {
        var once = PostponedJob.of(job(ENQUEUED, RUNS, FAILED, RETRY, ENQUEUED, RUNS), Instant.EPOCH, later());

        assertThat(once.getJobStates()).startsWith(ENQUEUED, RUNS, FAILED, RETRY, ENQUEUED).hasSize(6);
        assertThat(once.getJobState(-1)).isInstanceOfSatisfying(ScheduledState.class, scheduled -> {
            assertThat(scheduled.getScheduledAt()).isEqualTo(Instant.EPOCH.plusSeconds(60));
            assertThat(scheduled.getReason()).contains("PT1M", "rate limited");
        });
        var again = PostponedJob.of(job(ENQUEUED, RUNS, FAILED, ENQUEUED, once.getJobState(), ENQUEUED, RUNS),
                Instant.EPOCH, later());
        assertThat(again.getJobStates()).startsWith(ENQUEUED, RUNS, FAILED, ENQUEUED).hasSize(5);
        assertThat(Attempts.of(again).number()).isZero();
    }

    private static TryAgainLater later() {
        return new TryAgainLater(Duration.ofMinutes(1), "rate limited");
    }

    private static FailedState failed(String exception, boolean forGood) {
        return new FailedState("it failed", exception, null, null, null, "", forGood, Instant.EPOCH);
    }

    private static Job job(JobState... states) {
        var enqueued = new EnqueuedJob("ship-order", 1, "shipping", 0, 3, "{}");
        var details = SealedJob.of(UUID.randomUUID(), enqueued, ENQUEUED, List.of()).getJobDetails();
        return new Job(UUID.randomUUID(), states.length, details, List.of(states), new ConcurrentHashMap<>());
    }
}
