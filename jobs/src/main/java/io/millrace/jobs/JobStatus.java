package io.millrace.jobs;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A job as it stood when it was read.
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
 *            why the last attempt failed; also shown while it waits to be tried again
 * @param enqueuedBy
 *            as its {@link EnqueueOptions} said
 */
public record JobStatus(UUID id, String type, String queue, int priority, State state, int attempt, int maxAttempts,
        Instant createdAt, @Nullable Instant scheduledAt, @Nullable Instant startedAt, @Nullable Instant finishedAt,
        @Nullable Progress progress, @Nullable Failure error, List<String> labels,
        @Nullable String enqueuedBy) {

    public JobStatus {
        labels = List.copyOf(labels);
    }

    /** JobRunr's states. */
    public enum State {
        SCHEDULED, ENQUEUED, PROCESSING, SUCCEEDED, FAILED, DELETED;

        /** Whether no worker will change it any more. */
        public boolean isFinal() {
            return this == SUCCEEDED || this == FAILED || this == DELETED;
        }
    }

    /** How far a running job says it is, in its handler's units. */
    public record Progress(long done, long total) {
    }

    /**
     * Why an attempt failed.
     *
     * @param type
     *            the exception's simple class name
     */
    public record Failure(String type, String message) {
    }
}
