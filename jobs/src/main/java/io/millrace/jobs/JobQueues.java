package io.millrace.jobs;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where operators hold queues up, slow them down and let them go on, for all workers of the cluster. What is paused keeps
 * taking in jobs and keeps the ones that run; no worker takes a waiting one from it. What has a rate starts no more jobs in any
 * such time, on all workers together. Both are kept until they are taken back, and in a transaction of the caller's they take
 * effect with its commit.
 *
 * <p>
 * Not guaranteed: that a job which a worker was just taking when the queue was paused, or given a rate, stays; workers obey from
 * their next look on, which is after the commit.
 */
public interface JobQueues {

    /**
     * Holds a queue up; one that nobody has used yet may be paused, too. Nothing happens if it is paused.
     *
     * @throws InvalidEnqueueOption
     *             if no queue can have that name
     * @throws IllegalStateException
     *             if the caller's transaction is read-only
     * @throws org.springframework.dao.DataAccessException
     *             if the database cannot be reached
     */
    void pause(String queue);

    /**
     * Lets workers take its jobs again, and wakes them. Nothing happens if it is not paused.
     *
     * @throws InvalidEnqueueOption
     *             if no queue can have that name
     * @throws IllegalStateException
     *             if the caller's transaction is read-only
     * @throws org.springframework.dao.DataAccessException
     *             if the database cannot be reached
     */
    void resume(String queue);

    /**
     * The names of those that are paused.
     *
     * @throws org.springframework.dao.DataAccessException
     *             if the database cannot be reached
     */
    Set<String> paused();

    /**
     * Lets at most so many of a queue's jobs start in any time that long, in place of the rate it had; one that nobody has used
     * yet may be given one, too. Each attempt counts as a start. The database's clock decides, and so evenly that a full queue
     * starts its jobs one by one, at most a twentieth of {@code per} ahead of time: within any {@code per} there start no more
     * than {@code jobs} and a twentieth, and after a rest as many of them at once as come in a twentieth, at least one. It
     * begins anew with each change; nothing happens if the queue has that rate.
     *
     * <p>
     * Not guaranteed: that jobs which a worker has taken at their time reach their handlers at it; and, with a very high rate and few
     * jobs, that the rate is reached, as workers take what is due together, about every 25 ms.
     *
     * @param jobs
     *            1 to 1,000,000
     * @param per
     *            a millisecond to ten years
     * @throws InvalidEnqueueOption
     *             if no queue can have that name, or it is no rate
     * @throws org.springframework.dao.DataAccessException
     *             if the database cannot be reached
     */
    void limitRate(String queue, int jobs, Duration per);

    /**
     * Lets workers take a queue's jobs as fast as they can again, and wakes them. Nothing happens if it has no rate.
     *
     * @throws InvalidEnqueueOption
     *             if no queue can have that name
     * @throws org.springframework.dao.DataAccessException
     *             if the database cannot be reached
     */
    void unlimitRate(String queue);

    /**
     * The rates by the names of the queues that have one.
     *
     * @throws org.springframework.dao.DataAccessException
     *             if the database cannot be reached
     */
    Map<String, QueueRate> rates();

    /**
     * How each queue stands that a known job type names, that something is in or was a minute ago, or that is held up; by name, and
     * apart from the caller's transaction. What waits is counted, about a second for a few million jobs: keep the answer for a while
     * where many ask.
     *
     * @throws org.springframework.dao.DataAccessException
     *             if the database cannot be reached
     */
    List<QueueStatus> status();

    /**
     * The same with the figures of an earlier look, and only what is held up asked for anew.
     *
     * @throws org.springframework.dao.DataAccessException
     *             if the database cannot be reached
     */
    List<QueueStatus> status(List<QueueStatus> earlier);
}
