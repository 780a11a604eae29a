package io.millrace.core.http;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

import org.jspecify.annotations.Nullable;

import io.millrace.jobs.Job;
import io.millrace.jobs.JobType;

/**
 * Tells a service that a job has ended, as <a href="https://www.standardwebhooks.com">Standard Webhooks</a> says. Tried again for
 * about a day and a half whatever it answers, but for 410 (Gone).
 *
 * @param url
 *            see {@link HttpTarget}
 * @param type
 *            {@code job.succeeded}, {@code job.failed} or {@code job.deleted}
 * @param timestamp
 *            when it ended
 */
@JobType(name = "deliver-webhook", queue = "http", maxAttempts = 15, backOff = "PT10S", maxBackOff = "PT12H", timeLimit = "PT1M")
public record DeliverWebhook(@NotNull String url, @NotNull @Pattern(regexp = "[a-z0-9._]{1,100}") String type,
        @NotNull Instant timestamp, @NotNull Ended data) implements Job<Void> {

    /**
     * The job that has ended. Its result is to be asked for: it may be large, and not everybody's business.
     *
     * @param state
     *            SUCCEEDED, FAILED or DELETED
     */
    public record Ended(UUID id, String type, String queue, String state, int attempt, List<String> labels,
            @Nullable Instant finishedAt, @Nullable Reason error) {

        public Ended {
            labels = List.copyOf(labels);
        }
    }

    /** Why its last attempt failed. */
    public record Reason(String type, String message) {
    }

    /** Nothing of its payload. */
    @Override
    public String toString() {
        return "DeliverWebhook[" + type + "]";
    }
}
