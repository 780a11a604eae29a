package io.millrace.jobs;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Which of the FAILED jobs {@link JobQueue#retryAll} puts back and {@link JobQueue#deleteAll} deletes: all for which everything that
 * is said here holds, those that failed first before the others. Start from {@link #ALL} and use the {@code with} methods; null says
 * nothing.
 *
 * @param type
 *            the name of a job type
 * @param queue
 *            where they were enqueued
 * @param label
 *            one of the labels they were enqueued with
 * @param from
 *            when they failed, at the earliest, by the clock of the worker they failed on
 * @param before
 *            when they failed: earlier than this
 * @param exception
 *            the class of what the last attempt threw, itself and not a subclass: its full name or, as {@link JobStatus.Failure}
 *            shows it, what is behind the last dot
 * @param error
 *            what the failure says somewhere, as {@link JobFilter#error} has it
 * @param limit
 *            how many at most, from 1
 */
public record FailedJobs(@Nullable String type, @Nullable String queue, @Nullable String label, @Nullable Instant from,
        @Nullable Instant before, @Nullable String exception, @Nullable String error, int limit) {

    /** Every one. */
    public static final FailedJobs ALL = new FailedJobs(null, null, null, null, null, null, null, Integer.MAX_VALUE);

    /**
     * @throws IllegalArgumentException
     *             if {@code limit} is less than 1
     */
    public FailedJobs {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be 1 or more, but was " + limit);
        }
    }

    public FailedJobs withType(@Nullable String newType) {
        return new FailedJobs(newType, queue, label, from, before, exception, error, limit);
    }

    public FailedJobs withQueue(@Nullable String newQueue) {
        return new FailedJobs(type, newQueue, label, from, before, exception, error, limit);
    }

    public FailedJobs withLabel(@Nullable String newLabel) {
        return new FailedJobs(type, queue, newLabel, from, before, exception, error, limit);
    }

    public FailedJobs withFailedFrom(@Nullable Instant newFrom) {
        return new FailedJobs(type, queue, label, newFrom, before, exception, error, limit);
    }

    public FailedJobs withFailedBefore(@Nullable Instant newBefore) {
        return new FailedJobs(type, queue, label, from, newBefore, exception, error, limit);
    }

    public FailedJobs withException(Class<? extends Throwable> newException) {
        return withException(newException.getName());
    }

    public FailedJobs withException(@Nullable String newException) {
        return new FailedJobs(type, queue, label, from, before, newException, error, limit);
    }

    public FailedJobs withError(@Nullable String newError) {
        return new FailedJobs(type, queue, label, from, before, exception, newError, limit);
    }

    public FailedJobs withLimit(int newLimit) {
        return new FailedJobs(type, queue, label, from, before, exception, error, newLimit);
    }
}
