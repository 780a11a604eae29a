package io.millrace.jobs;

import java.util.Set;

/**
 * Where operators hold queues up and let them go on, for all workers of the cluster. What is paused keeps taking in jobs and
 * keeps the ones that run; no worker takes a waiting one from it. In a transaction of the caller's it takes effect with its commit.
 *
 * <p>
 * Not guaranteed: that a job which a worker was just taking when the queue was paused stays; workers obey from their next look on,
 * which is after the commit.
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
}
