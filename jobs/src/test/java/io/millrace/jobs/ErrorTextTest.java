package io.millrace.jobs;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.JobDetails;
import org.jobrunr.jobs.states.EnqueuedState;
import org.jobrunr.jobs.states.FailedState;
import org.jobrunr.jobs.states.JobState;
import org.jobrunr.jobs.states.ScheduledState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ErrorTextTest {

    private static final EnqueuedState ENQUEUED = new EnqueuedState();
    private static final ScheduledState SCHEDULED = new ScheduledState(ENQUEUED.getCreatedAt(), "again",
            ENQUEUED.getCreatedAt());

    @Test
    void isOfAJobThatHasJustFailedWhateverFollows() {
        var failed = failed("gone");

        assertThat(text(ENQUEUED, failed)).isEqualTo("java.lang.IllegalStateException: gone");
        assertThat(text(ENQUEUED, failed, SCHEDULED)).isEqualTo("java.lang.IllegalStateException: gone");
        assertThat(text(ENQUEUED, failed, ENQUEUED)).isEqualTo("java.lang.IllegalStateException: gone");
        assertThat(text(ENQUEUED)).isNull();
        assertThat(text(ENQUEUED, failed, SCHEDULED, ENQUEUED)).as("the row has it already").isNull();
    }

    @Test
    void isShortAndWhatPostgresCanStore() {
        var emoji = "\ud83d\ude00";

        assertThat(text(failed(emoji.repeat(300)))).endsWith(": " + emoji.repeat(200));
        assertThat(text(failed("a\0b\ud83dc"))).endsWith(": a\ufffdb\ufffdc");
        assertThat(text(new FailedState("what happened", new IllegalStateException()))).endsWith(": what happened");
    }

    private static FailedState failed(String message) {
        return new FailedState("An exception occurred", new IllegalStateException(message));
    }

    private static @Nullable String text(JobState... history) {
        return ErrorText.of(new Job(UUID.randomUUID(), 1,
                new JobDetails(JobRunner.class.getName(), null, "run", List.of()), List.of(history),
                new ConcurrentHashMap<>()));
    }
}
