package io.millrace.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.states.EnqueuedState;
import org.jobrunr.jobs.states.FailedState;
import org.jobrunr.jobs.states.JobState;
import org.jobrunr.jobs.states.ProcessingState;
import org.jobrunr.jobs.states.ScheduledState;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** How long a job has waited, by what its row says of it. */
class RunEventsTest {

    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

    @Test
    void countsTheWaitFromTheTimeItWasEnqueued() {
        assertThat(waited(enqueued(at(-30)))).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void countsTheWaitOfADelayedJobFromTheTimeItWasDue() {
        assertThat(waited(scheduled(at(-600), at(-10)), enqueued(at(-9)))).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void countsTheWaitOfARetryFromItsOwnTime() {
        assertThat(waited(enqueued(at(-900)), processing(at(-800)), failed(at(-700)), scheduled(at(-700), at(-5)),
                enqueued(at(-5)))).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void countsTheWaitOfWhatSomebodyPutBackFromThen() {
        assertThat(waited(enqueued(at(-900)), processing(at(-800)), failed(at(-700)), enqueued(at(-40))))
                .isEqualTo(Duration.ofSeconds(40));
    }

    @Test
    void countsTheWaitAfterACrashFromTheRescue() {
        var before = job(enqueued(at(-900)), processing(at(-800)));
        var rescued = CrashedJob.of(before, "the worker", at(-20), RandomGenerator.getDefault());
        var states = new ArrayList<>(rescued.getJobStates());
        states.add(processing(NOON));

        assertThat(RunEvents.waited(UntakenJob.withHistory(rescued, states), NOON)).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void countsTheWaitOfWhatWasPutForwardFromThen() {
        assertThat(waited(scheduled(at(-600), at(600)), enqueued(at(-3)))).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void isNeverNegativeWhateverTheClockOfTheEnqueuerSays() {
        assertThat(waited(enqueued(at(45)))).isEqualTo(Duration.ZERO);
    }

    private static Duration waited(JobState... before) {
        var states = new ArrayList<>(List.of(before));
        states.add(processing(NOON));
        return RunEvents.waited(job(states.toArray(JobState[]::new)), NOON);
    }

    private static Job job(JobState... states) {
        var one = SealedJob.of(UUID.randomUUID(), new EnqueuedJob("ship-order", 1, "shipping", 0, 3, "{}"),
                new EnqueuedState(), List.of());
        return new Job(one.getId(), 1, one.getJobDetails(), List.of(states), new ConcurrentHashMap<>());
    }

    private static Instant at(int seconds) {
        return NOON.plusSeconds(seconds);
    }

    private static JobState enqueued(Instant at) {
        return new EnqueuedState(at);
    }

    private static JobState scheduled(Instant at, Instant due) {
        return new ScheduledState(due, "later", at);
    }

    private static JobState processing(Instant at) {
        return new ProcessingState(UUID.randomUUID(), "a worker", at, at);
    }

    private static JobState failed(Instant at) {
        return new FailedState("it failed", "java.lang.IllegalStateException", "it failed", null, null, "", false, at);
    }
}
