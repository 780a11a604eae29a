package io.millrace.jobs;

import java.util.Optional;
import java.util.UUID;

import org.jobrunr.storage.StorageException;

/**
 * One attempt at a job, as its handler sees it. Only for use within {@link JobHandler#handle}, and there by any of its threads.
 *
 * <p>
 * None of this is part of the handler's transaction, if it has one: progress, log lines, checkpoints and what is known of effects
 * stay when it is rolled back.
 */
public interface JobExecution {

    /** The job's, the same in each attempt. */
    UUID id();

    /** The job type's name. */
    String type();

    /**
     * 1 for the first attempt, 2 after the first failure, and so on. A run that its worker did not survive is made again as the
     * same attempt.
     */
    int attempt();

    /**
     * Who enqueued the job, as it was said then ({@link EnqueueOptions#enqueuedBy}): for jobs that came over HTTP, the id of the API
     * key. Empty if nobody was named, and on a server of JobRunr's own.
     */
    default Optional<String> enqueuedBy() {
        return Optional.empty();
    }

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
     * Says how far the work is, in units of the handler's choice, e.g. bytes. Cheap, and never waits: what was said last is
     * written once a second and when the handler has returned, so values between are lost, and so is the last second's if the process
     * dies or the database is away at the end. The end of the job waits for it, for a second at most, and never fails because of it; that
     * of a {@link TransactionalJobHandler} does not wait, and it may be written a moment later.
     *
     * @throws IllegalArgumentException
     *             if {@code done} is negative or more than {@code total}
     */
    void progress(long done, long total);

    /**
     * A line for the job's log, which the dashboard shows with each attempt; written as {@link #progress} is, and as little
     * promised. Of a job the newest 1,000 lines are kept, of all attempts together, and of a line 4,000 characters; of
     * what is said in a second 256,000, or less where many runs say much and the database is away. The dashboard says where lines are missing. Never put payload values in it.
     */
    void log(String line);

    /**
     * Saves how far the work is for whoever goes on with it: the job's next run, after a crash, a failure or because it was
     * put back. Durable when this returns, in a transaction of its own; the value before is replaced, or kept if this
     * throws. There until the job is removed for good, runs once more after it has succeeded, or is replaced
     * ({@link UniqueKey.Policy#REPLACE}).
     *
     * <p>
     * Waits for a commit, so save every few seconds rather than for each record. Works in a thread that was interrupted as well, for a run
     * that is told to stop. In a {@link TransactionalJobHandler} it is
     * there also when the transaction is rolled back, so it must not claim what that was to write.
     *
     * @param value
     *            what Jackson writes, up to 1 MB of JSON; a record, say
     * @throws JobLost
     *             if the job was cancelled or given to another run, or is about to be, as this one was told to stop and did not: nothing
     *             is saved, what that one has saved stays, and nothing is kept of what this one comes to; let it pass
     * @throws IllegalArgumentException
     *             if the JSON is larger; put the data elsewhere, and its place here
     * @throws StorageException
     *             if the database does not answer, or somebody holds the job's row for half a minute, as a transaction that cancels
     *             it does; whether it is saved is not known then
     */
    void saveCheckpoint(Object value);

    /**
     * What was saved last, by whichever run; empty if nothing was, and in the first run after the job has succeeded.
     *
     * @throws IllegalStateException
     *             if it does not fit {@code type}, as after a change of that: let its changes be such that old values still fit, or begin
     *             anew where this is thrown
     * @throws StorageException
     *             if the database does not answer
     */
    <T> Optional<T> loadCheckpoint(Class<T> type);

    /** What the job does outside Postgres, so that a later run knows what an earlier one has done. */
    Effects effects();
}
