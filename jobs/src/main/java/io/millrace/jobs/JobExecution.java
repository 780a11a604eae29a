package io.millrace.jobs;

import java.util.UUID;

/** One attempt at a job, as its handler sees it. Only for use within {@link JobHandler#handle}. */
public interface JobExecution {

    UUID jobId();

    /** 1 for the first attempt, 2 after the first failure, and so on. */
    int attempt();

    /**
     * Says how far the work is, in units of the handler's choice, e.g. bytes. Cheap: what was said last is stored with the
     * next heartbeat (seconds), so intermediate values are lost, and so is the last one if the process dies.
     *
     * @throws IllegalArgumentException
     *             if {@code done} is negative or more than {@code total}
     */
    void progress(long done, long total);

    /** A line for the job's log in the dashboard; stored as {@link #progress} is. Never put payload values in it. */
    void log(String line);
}
