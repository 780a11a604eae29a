package io.millrace.jobs;

import java.time.Duration;

/**
 * What happens to jobs in this process, told to all beans of this type; for figures, and not for anything that must not be
 * missed: events of a process that is killed are lost, and those of other processes are told there. Every method does nothing
 * unless it is overridden.
 *
 * <p>
 * They are called on the engine's threads, several at once: a listener is safe for concurrent use, returns at once and does not
 * throw. What it throws is logged once and dropped, and changes nothing for the job or for other listeners. Types and queues are
 * names as rows have them, also those that this process does not know; ids and payloads are not told. Nor are jobs that came by
 * JobRunr's own API.
 */
public interface JobEvents {

    /** What a run of a job came to. */
    enum Outcome {
        /** Its result, if any, is committed with it. */
        SUCCEEDED,
        /** For good: permanently, or with its last attempt. */
        FAILED,
        /** It failed, and another attempt is scheduled. */
        RETRIED,
        /** Its handler asked for another time ({@link TryAgainLater}), which used no attempt. */
        POSTPONED,
        /** It is back in the queue as it was, as its worker stops. */
        GIVEN_BACK,
        /** What it came to is not kept: it was deleted, or was given to another run, while it ran. */
        CANCELLED
    }

    /**
     * New jobs wait, at once or for their time. Told after the commit of the transaction they were enqueued in, so never of one
     * that was rolled back, and not of a call that found the job there already.
     *
     * @param jobs
     *            how many, at least one
     */
    default void enqueued(String type, String queue, int jobs) {
    }

    /**
     * A run begins.
     *
     * @param waited
     *            since it became due or was enqueued, whichever was later, by the database's clock as far as this process knows it;
     *            never negative. A retry waits from its own time on, what an operator or a rescue put back from then, and what a
     *            stopping worker gave back since it waited first. When it was enqueued, its enqueuer's clock has said
     */
    default void started(String type, String queue, Duration waited) {
    }

    /**
     * A run is over, and what it came to is committed. It {@link #started} before, or did so in a process that has died: then it is
     * {@link Outcome#FAILED}, is told with its {@link #crashed}, and ran until it was found. Not told of a run whose end could not be saved, nor
     * of one that a stopping worker puts back because it does not end: their jobs run again.
     *
     * @param ran
     *            until its handler had returned, with the transaction of a {@link TransactionalJobHandler}; by this process's
     *            monotonic clock
     */
    default void ended(String type, String queue, Outcome outcome, Duration ran) {
    }

    /** A run was told to stop as its time was up; its {@link #ended} follows. */
    default void timedOut(String type, String queue) {
    }

    /**
     * This process has found jobs whose worker had died, and has put them back or let them fail; committed. For each that has failed its
     * {@link #ended} follows.
     *
     * @param jobs
     *            how many, at least one
     */
    default void crashed(String type, String queue, int jobs) {
    }

    /**
     * A worker took jobs from its queues.
     *
     * @param jobs
     *            how many; 0 if it looked and found none
     * @param took
     *            its transaction, the wait for a connection included
     */
    default void fetched(int jobs, Duration took) {
    }

    /**
     * Changes of jobs were committed together.
     *
     * @param changes
     *            how many, at least one
     * @param took
     *            its transaction, the wait for a connection included
     */
    default void committed(int changes, Duration took) {
    }

    /** The workers were told that there is work. */
    default void wakeUpSent() {
    }

    /** Another process, or this one, told that there is work. */
    default void wakeUpReceived() {
    }
}
