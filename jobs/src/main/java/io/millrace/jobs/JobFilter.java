package io.millrace.jobs;

import org.jspecify.annotations.Nullable;

/**
 * Which jobs {@link JobListing} shows: all for which everything that is said here holds. Start from {@link #ALL} and use the
 * {@code with} methods.
 *
 * @param type
 *            the name of a job type
 * @param queue
 *            where they were enqueued
 * @param label
 *            one of the labels they were enqueued with
 */
public record JobFilter(JobStatus.@Nullable State state, @Nullable String type, @Nullable String queue,
        @Nullable String label) {

    /** Every one. */
    public static final JobFilter ALL = new JobFilter(null, null, null, null);

    public JobFilter withState(JobStatus.State newState) {
        return new JobFilter(newState, type, queue, label);
    }

    public JobFilter withType(String newType) {
        return new JobFilter(state, newType, queue, label);
    }

    public JobFilter withQueue(String newQueue) {
        return new JobFilter(state, type, newQueue, label);
    }

    public JobFilter withLabel(String newLabel) {
        return new JobFilter(state, type, queue, newLabel);
    }
}
