package io.millrace.jobs;

import java.util.List;

/**
 * The workers of the cluster: those that live, and those that died within the last hour as long as their row is there, which others
 * remove when they have put back what such a worker ran.
 *
 * <p>
 * Not guaranteed: that what they say of one another is of one moment, and that a worker is shown as dead at once. Whoever would rescue its
 * jobs takes it for dead after 2.5 seconds without a heartbeat where its session has ended as well, and after ten otherwise; so does this.
 */
public interface JobWorkers {

    /**
     * All of them, those that live first, then by name.
     *
     * @throws org.springframework.dao.DataAccessException
     *             if the database cannot be reached
     */
    List<WorkerStatus> all();
}
