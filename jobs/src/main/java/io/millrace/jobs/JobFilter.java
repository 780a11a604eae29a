package io.millrace.jobs;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Which jobs {@link JobListing} shows, and {@link JobQueue#cancelAll} ends: all for which everything that is said here holds. Start
 * from {@link #ALL} and use the {@code with} methods; null says nothing.
 *
 * @param type
 *            the name of a job type
 * @param queue
 *            where they were enqueued
 * @param label
 *            one of the labels they were enqueued with
 * @param createdFrom
 *            when they were enqueued, at the earliest
 * @param createdBefore
 *            when they were enqueued: earlier than this
 * @param key
 *            one that they were enqueued with: a concurrency key, an idempotency key as long as it stands for the job, or a unique key
 *            as long as no other job has come with it, and for about a minute after it has let go of it
 * @param error
 *            what their last failure says somewhere, in letters of either case: its exception's class, {@code ": "} and the first 200
 *            characters of its message. A job that has succeeded has none; one that is tried again has that of its last attempt
 */
public record JobFilter(JobStatus.@Nullable State state, @Nullable String type, @Nullable String queue,
        @Nullable String label, @Nullable Instant createdFrom, @Nullable Instant createdBefore,
        @Nullable String key, @Nullable String error) {

    /** Every one. */
    public static final JobFilter ALL = new JobFilter(null, null, null, null, null, null, null, null);

    public JobFilter withState(JobStatus.@Nullable State newState) {
        return new JobFilter(newState, type, queue, label, createdFrom, createdBefore, key, error);
    }

    public JobFilter withType(@Nullable String newType) {
        return new JobFilter(state, newType, queue, label, createdFrom, createdBefore, key, error);
    }

    public JobFilter withQueue(@Nullable String newQueue) {
        return new JobFilter(state, type, newQueue, label, createdFrom, createdBefore, key, error);
    }

    public JobFilter withLabel(@Nullable String newLabel) {
        return new JobFilter(state, type, queue, newLabel, createdFrom, createdBefore, key, error);
    }

    public JobFilter withCreatedFrom(@Nullable Instant newFrom) {
        return new JobFilter(state, type, queue, label, newFrom, createdBefore, key, error);
    }

    public JobFilter withCreatedBefore(@Nullable Instant newBefore) {
        return new JobFilter(state, type, queue, label, createdFrom, newBefore, key, error);
    }

    public JobFilter withKey(@Nullable String newKey) {
        return new JobFilter(state, type, queue, label, createdFrom, createdBefore, newKey, error);
    }

    public JobFilter withError(@Nullable String newError) {
        return new JobFilter(state, type, queue, label, createdFrom, createdBefore, key, newError);
    }
}
