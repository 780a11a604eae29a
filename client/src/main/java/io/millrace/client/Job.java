package io.millrace.client;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A job as it stood when the server answered.
 *
 * @param attempt
 *            the number of the current or last attempt; 0 before the first
 * @param scheduledAt
 *            when the next attempt is due, while SCHEDULED
 * @param startedAt
 *            when the current or last attempt started
 * @param finishedAt
 *            when it became SUCCEEDED, FAILED or DELETED
 * @param error
 *            why the last attempt failed; also while it waits to be tried again
 * @param enqueuedBy
 *            the id of the API key it came with; null where it came otherwise
 * @param result
 *            JSON null where the result is null; null where there is none, or it is not told: {@code list} and events leave it out
 */
public record Job(String id, String type, String queue, int priority, JobState state, int attempt, int maxAttempts,
        Instant createdAt, @Nullable Instant scheduledAt, @Nullable Instant startedAt, @Nullable Instant finishedAt,
        @Nullable Progress progress, @Nullable Failure error, List<String> labels, @Nullable String enqueuedBy,
        @Nullable JsonNode result) {

    public Job {
        labels = labels == null ? List.of() : List.copyOf(labels);
    }

    /** How far a job says it is, in its handler's units. */
    public record Progress(long done, long total) {
    }

    /**
     * Why an attempt failed.
     *
     * @param type
     *            the simple name of the exception's class on the worker
     */
    public record Failure(String type, String message) {
    }

    /**
     * A line that a job's handler has logged.
     *
     * @param run
     *            one number for all lines of an attempt, a greater one for those of a later attempt
     * @param line
     *            its number in that run, from 1
     */
    public record LogLine(int run, int line, Instant at, String text) {
    }
}
