package io.millrace.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.states.EnqueuedState;
import org.jobrunr.jobs.states.JobState;
import org.jobrunr.jobs.states.ProcessingState;
import org.jobrunr.jobs.states.ScheduledState;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CrashedJobTest {

    private static final Instant ENQUEUED = Instant.parse("2026-01-02T03:04:05Z");

    @Test
    void putsASuspectOffWithoutLettingItsHistoryGrow() {
        var suspect = again(
                CrashedJob.of(again(CrashedJob.of(running(new EnqueuedState(ENQUEUED)), "a worker", ENQUEUED,
                        RandomGenerator.getDefault())), "a worker", ENQUEUED, RandomGenerator.getDefault()));
        assertThat(CrashedJob.isSuspect(suspect)).isTrue();

        var once = CrashedJob.putOff(suspect, ENQUEUED, RandomGenerator.getDefault());
        var next = CrashedJob.putOff(again(with(once, new EnqueuedState(ENQUEUED))), ENQUEUED,
                RandomGenerator.getDefault());

        assertThat(once.<ScheduledState>getJobState().getScheduledAt()).isBetween(ENQUEUED.plusSeconds(10),
                ENQUEUED.plusSeconds(30));
        assertThat(next.getJobStates()).hasSameSizeAs(once.getJobStates());
        assertThat(CrashedJob.isSuspect(next)).isTrue();
        assertThat(Attempts.of(again(next)).number()).isEqualTo(1);
    }

    @Test
    void hasEndedForWhoeverIsToldWhereItStaysFailed() {
        var heard = new HeardEvents();
        var events = new TellEvents(() -> Stream.of(heard));
        events.afterSingletonsInstantiated();
        var found = ENQUEUED.plusSeconds(7);
        var second = again(CrashedJob.of(running(new EnqueuedState(ENQUEUED)), "a worker", found,
                RandomGenerator.getDefault()));

        events.crashed(List.of(CrashedJob.of(second, "a worker", found, RandomGenerator.getDefault()),
                crashedForGood(second, found)));

        assertThat(heard.jobs()).containsExactly("crashed 2 ship-order in shipping", "FAILED ship-order in shipping");
        assertThat(heard.times()).containsExactly(Duration.ofSeconds(7));
    }

    private static Job crashedForGood(Job second, Instant found) {
        return CrashedJob.of(again(CrashedJob.of(second, "a worker", found, RandomGenerator.getDefault())), "a worker",
                found, RandomGenerator.getDefault());
    }

    static Job running(JobState before) {
        var job = SealedJob.of(UUID.randomUUID(), new EnqueuedJob("ship-order", 1, "shipping", 0, 3, "{}"), before,
                List.of());
        return again(job);
    }

    static Job again(Job job) {
        return with(job, new ProcessingState(UUID.randomUUID(), "a worker", ENQUEUED, ENQUEUED));
    }

    private static Job with(Job job, JobState state) {
        var states = new ArrayList<>(job.getJobStates());
        states.add(state);
        return new Job(job.getId(), 0, job.getJobDetails(), states, new ConcurrentHashMap<>());
    }
}
