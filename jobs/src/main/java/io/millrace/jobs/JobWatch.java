package io.millrace.jobs;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * Where callers wait for what becomes of jobs. All who wait in a process share one look at the database, several times a
 * second and ever less often while nothing happens: no wait holds a connection, or a thread of its own but the caller's, which
 * is best a virtual one. While nobody waits nothing is asked. Where the database is away, waits go on.
 *
 * <p>
 * Nothing is kept of a caller between two waits, so that one which does not come back costs nothing. When the process begins to
 * stop all waits are over, and later ones do not begin.
 *
 * <p>
 * Not guaranteed: that each state is seen. What a job was between two looks, nobody is told.
 */
public interface JobWatch {

    /**
     * Waits until the job has ended: it is SUCCEEDED, FAILED or DELETED, or there is none of this id any more. The first look is
     * at once.
     *
     * @return whether it has; false when {@code patience} is over, or the process stops
     * @throws InterruptedException
     *             if the calling thread is interrupted
     */
    boolean awaitEnd(UUID id, Duration patience) throws InterruptedException;

    /**
     * Waits until a job is no more as it was {@code since}: another state, progress or lines of its log. Pages of lines are
     * short; who asks again from the news' position gets the next one at once. Lines whose run could not write them before the job
     * ended may be missing at its end.
     *
     * @return the news; without events when {@code patience} is over, or the process stops; empty if there is no job of this id
     * @throws InterruptedException
     *             if the calling thread is interrupted
     */
    Optional<JobNews> awaitNews(UUID id, JobPosition since, Duration patience) throws InterruptedException;

    /** Whether the process stops. */
    boolean isOver();
}
