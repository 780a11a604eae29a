package io.millrace.api.jobs;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import jakarta.validation.constraints.NotNull;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import io.millrace.jobs.EnqueueOptions;
import io.millrace.jobs.UniqueKey;

/**
 * The body of {@code POST /jobs}, and each one of {@code POST /jobs/bulk}.
 *
 * @param runAt
 *            not before this instant; in the past means at once
 * @param delay
 *            the same, from now
 * @param uniqueKey
 *            while a job of the type that came with this key waits or runs, no further one is queued
 * @param timeout
 *            how long one attempt may take
 * @param webhook
 *            where the job's end is to be told
 */
record NewJob(@NotNull(message = "is missing") String type, @NotNull(message = "is missing") JsonNode payload,
        @Nullable String queue, @Nullable Integer priority, @Nullable Instant runAt, @Nullable Duration delay,
        @Nullable String uniqueKey, @Nullable Integer maxAttempts, @Nullable Duration timeout,
        @Nullable List<@NotNull(message = "must be a text") String> labels, @Nullable String webhook) {

    /** A job further away than this is a mistake in a unit rather than a plan. */
    private static final Duration FURTHEST = Duration.ofDays(3650);

    /**
     * What its caller wants otherwise than the job type says. Ranges are the engine's own business.
     *
     * @param caller
     *            the id of the API key
     */
    EnqueueOptions options(Clock clock, String caller) {
        return new EnqueueOptions(null, queue, priority, dueAt(clock.instant()), maxAttempts, timeout,
                labels == null ? List.of() : labels, caller, null,
                uniqueKey == null ? null : UniqueKey.whileWaitingOrRunning(uniqueKey), null);
    }

    /** Of the payload as it is stored. */
    int payloadBytes() {
        return payload.toString().getBytes(StandardCharsets.UTF_8).length;
    }

    private @Nullable Instant dueAt(Instant now) {
        if (delay != null) {
            if (runAt != null) {
                throw new BadField("delay", "must not stand beside runAt");
            }
            if (delay.isNegative() || delay.compareTo(FURTHEST) > 0) {
                throw new BadField("delay", "must be from PT0S to " + FURTHEST);
            }
            return now.plus(delay);
        }
        if (runAt != null && runAt.isAfter(now.plus(FURTHEST))) {
            throw new BadField("runAt", "must be at most " + FURTHEST.toDays() + " days from now");
        }
        return runAt;
    }
}
