package io.millrace.client;

/** Where a job stands. */
public enum JobState {
    /** Waits for its time, or to be tried again. */
    SCHEDULED,
    /** Waits for a worker. */
    ENQUEUED,
    /** Runs. */
    PROCESSING,
    /** Has ended well. */
    SUCCEEDED,
    /** Has used up its attempts; it stays until somebody puts it back. */
    FAILED,
    /** Was cancelled. */
    DELETED;

    /** Whether no worker will change it any more. */
    public boolean isFinal() {
        return this == SUCCEEDED || this == FAILED || this == DELETED;
    }
}
