package io.millrace.jobs;

import java.util.UUID;

/** One attempt at a job, as its handler sees it. Only for use within {@link JobHandler#handle}. */
public interface JobExecution {

    UUID jobId();

    /** 1 for the first attempt, 2 after the first failure, and so on. */
    int attempt();

    /**
     * Whether this attempt is to stop, for whatever reason: its job was cancelled ({@link JobQueue#cancel}) or given to another
     * worker, it has run out of time, or its worker stops. Its thread is interrupted once as well. Cheap: a loop may ask in each
     * round, also after it has swallowed the interrupt. Never false again.
     *
     * <p>
     * Of a job that was cancelled, or given away, nothing is kept that this attempt returns or throws; what it has committed
     * itself stays. Known within a second of the commit of {@code cancel}; where no notification arrives
     * ({@code millrace.jobs.wake-ups=false}, a cut connection) within about three while its worker runs up to 1,000 jobs, and two
     * more for each further 1,000.
     */
    boolean isCancelled();

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
