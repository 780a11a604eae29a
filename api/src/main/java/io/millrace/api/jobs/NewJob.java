package io.millrace.api.jobs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import jakarta.validation.constraints.NotNull;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import io.millrace.api.http.ProblemException;
import io.millrace.jobs.EnqueueOptions;

/**
 * The body of {@code POST /jobs}.
 *
 * @param runAt
 *            not before this instant; in the past means at once
 * @param delay
 *            the same, from now
 * @param webhook
 *            where the job's end is to be told
 */
record NewJob(@NotNull(message = "is missing") String type, @NotNull(message = "is missing") JsonNode payload,
        @Nullable String queue, @Nullable Integer priority, @Nullable Instant runAt, @Nullable Duration delay,
        @Nullable Integer maxAttempts, @Nullable List<@NotNull(message = "must be a text") String> labels,
        @Nullable String webhook) {

    /** A job further away than this is a mistake in a unit rather than a plan. */
    private static final Duration FURTHEST = Duration.ofDays(3650);

    /** Ranges of the other fields are the engine's own business. */
    EnqueueOptions options(Clock clock) {
        return new EnqueueOptions(null, queue, priority, dueAt(clock.instant()), maxAttempts,
                labels == null ? List.of() : labels, null, null, null);
    }

    private @Nullable Instant dueAt(Instant now) {
        if (delay != null) {
            if (runAt != null) {
                throw ProblemException.invalid("delay", "must not stand beside runAt");
            }
            if (delay.isNegative() || delay.compareTo(FURTHEST) > 0) {
                throw ProblemException.invalid("delay", "must be from PT0S to " + FURTHEST);
            }
            return now.plus(delay);
        }
        if (runAt != null && runAt.isAfter(now.plus(FURTHEST))) {
            throw ProblemException.invalid("runAt", "must be at most " + FURTHEST.toDays() + " days from now");
        }
        return runAt;
    }
}
