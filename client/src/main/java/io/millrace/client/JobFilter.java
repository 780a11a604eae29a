package io.millrace.client;

import org.jspecify.annotations.Nullable;

/**
 * Which jobs are listed: all for which everything that is said here holds. Start from {@link #ALL} and use the {@code with} methods.
 *
 * @param type
 *            the name of a job type
 * @param label
 *            one of those they were enqueued with
 */
public record JobFilter(@Nullable JobState state, @Nullable String type, @Nullable String queue,
        @Nullable String label) {

    /** Every one. */
    public static final JobFilter ALL = new JobFilter(null, null, null, null);

    public JobFilter withState(JobState newState) {
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
