package io.millrace.jobs;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Where services put jobs and look them up.
 *
 * <p>
 * Within a Spring transaction on the engine's data source, {@code enqueue} writes its row in that transaction: the job
 * exists if and only if the caller's other writes do, and workers see it after the commit. Without a transaction it is
 * atomic by itself. A job whose id exists already is left as it is, and the caller's transaction stays usable. What is said
 * of {@code enqueue} holds for a delayed job, for {@code enqueueAll}, {@code cancel} and {@code retry} as well; they throw
 * {@link IllegalStateException} in a read-only transaction.
 *
 * <p>
 * What {@code enqueue} itself refuses (an invalid payload or option, a key that is taken) leaves the caller's transaction usable.
 * What the database refuses, so that a {@code DataAccessException} is thrown, does not where neither keys nor {@code enqueueAll} are
 * used: that transaction can only be rolled back.
 *
 * <p>
 * Callers that name the same id, idempotency key or unique key wait for the end of one another's transactions. Two that name
 * several of them in different orders can deadlock, which Postgres ends by failing one: name them in one order, such as
 * sorted. Above READ COMMITTED such a caller gets a serialization failure instead of the other's job, and may try again.
 *
 * <p>
 * Not guaranteed: the order in which different jobs run, and that a job runs only once (see {@link JobHandler}).
 */
public interface JobQueue {

    /**
     * Enqueues with the job type's defaults.
     *
     * @return the job's id
     * @throws UnknownJobType
     *             if the record has no {@link JobType} or is not among the scanned packages
     * @throws InvalidPayload
     *             if a constraint of the record does not hold
     * @throws IllegalStateException
     *             if the surrounding transaction is read-only
     * @throws org.springframework.dao.DataAccessException
     *             if the database cannot be reached or refuses the row
     */
    default UUID enqueue(Job<?> job) {
        return enqueue(job, EnqueueOptions.DEFAULTS);
    }

    /**
     * Enqueues with options where the job type's defaults do not fit.
     *
     * @return the job's id: the one of the options if they name one; the id of the job that is there already where a key of
     *         the options stands for one
     * @throws IdempotencyKeyReused
     *             if the idempotency key stands for another request
     * @throws DuplicateJob
     *             if another job holds the unique key and its policy says so
     * @throws UnknownJobType
     *             if the record has no {@link JobType} or is not among the scanned packages
     * @throws InvalidPayload
     *             if a constraint of the record does not hold
     * @throws IllegalStateException
     *             if the surrounding transaction is read-only
     * @throws org.springframework.dao.DataAccessException
     *             if the database cannot be reached or refuses the row
     */
    UUID enqueue(Job<?> job, EnqueueOptions options);

    /**
     * Enqueues by the type's name and a JSON payload, as callers from outside do.
     *
     * @return the job's id, as {@link #enqueue(Job, EnqueueOptions)} does
     * @throws IdempotencyKeyReused
     *             if the idempotency key stands for another request
     * @throws DuplicateJob
     *             if another job holds the unique key and its policy says so
     * @throws UnknownJobType
     *             if no type of that name is known
     * @throws InvalidPayload
     *             if the JSON does not fit: not an object, unknown or missing fields, wrong types, constraints
     * @throws IllegalStateException
     *             if the surrounding transaction is read-only
     * @throws org.springframework.dao.DataAccessException
     *             if the database cannot be reached or refuses the row
     */
    UUID enqueue(String type, String payload, EnqueueOptions options);

    /**
     * Enqueues many jobs with their types' defaults, all or none, in the caller's transaction or one of its own. The stream
     * is read once, in order and on this thread, a thousand jobs at a time; only their ids are kept. It is not closed.
     *
     * @return the jobs' ids, in the stream's order
     * @throws RefusedInBulk
     *             naming the first job that cannot be queued
     * @throws IllegalStateException
     *             if the surrounding transaction is read-only
     * @throws org.springframework.dao.DataAccessException
     *             if the database cannot be reached or refuses a row
     */
    default List<UUID> enqueueAll(Stream<? extends Job<?>> jobs) {
        return enqueueAllWith(jobs.map(job -> new NewJob(job, EnqueueOptions.DEFAULTS)));
    }

    /**
     * The same with options for each job; neither idempotency keys nor unique keys, which are for single jobs.
     *
     * @return the jobs' ids, in the stream's order; also of those that were there already
     * @throws RefusedInBulk
     *             naming the first job that cannot be queued
     * @throws IllegalStateException
     *             if the surrounding transaction is read-only
     * @throws org.springframework.dao.DataAccessException
     *             if the database cannot be reached or refuses a row
     */
    List<UUID> enqueueAllWith(Stream<NewJob> jobs);

    /**
     * Ends a job that waits for a worker or for its time, or runs, as DELETED, and lets go of its unique key and its place in a
     * concurrency limit. One that has ended is left as it is.
     *
     * <p>
     * A running job's handler is interrupted, and finds {@link JobExecution#isCancelled}, within a second of the commit, on
     * whatever node it runs; after a rollback it hears nothing. Whatever it does then, its job stays DELETED once this has returned
     * true and is committed: never SUCCEEDED, and without a result. Until the caller's transaction has ended, the end of the
     * job waits for it.
     *
     * <p>
     * Not guaranteed: that the handler has stopped. It may run on beside the next job of the same unique key, or as one more of a
     * concurrency limit, until it notices, and it holds its worker's slot so long. What it has committed, or sent, stays. What a
     * {@link TransactionalJobHandler} wrote is rolled back.
     *
     * @return whether it was waiting or running
     * @throws IllegalStateException
     *             if the surrounding transaction is read-only
     * @throws org.springframework.dao.DataAccessException
     *             if the database cannot be reached
     */
    boolean cancel(UUID id);

    /**
     * Puts a FAILED job back, at the end of its queue's line and with all its attempts, in the caller's transaction or one of its own:
     * workers take it after the commit. Of several that put it back at once, one does. Its idempotency key stands for it as before.
     *
     * <p>
     * Not guaranteed: that it gets its unique key back. It holds it again if no other job has come with it since, and the key was
     * not swept, which happens a minute after the failure; otherwise it runs without one, beside whichever holds it.
     *
     * @throws CannotRetry
     *             if there is no such job, it is not FAILED, or its row cannot be read; the caller's transaction can go on
     * @throws IllegalStateException
     *             if the surrounding transaction is read-only
     * @throws org.springframework.dao.DataAccessException
     *             if the database cannot be reached
     */
    void retry(UUID id);

    /**
     * Puts back those of the FAILED jobs, each as {@link #retry} does. Passed over are jobs that somebody holds just now, those
     * whose row cannot be read, and those that fail while it works, as far as the workers' clocks agree.
     *
     * <p>
     * In the caller's transaction it is all or nothing with that one, whose locks it then holds until the end. Without one it is not
     * atomic: it commits 500 at a time, workers take them meanwhile, and where it fails those before stay put back. It may then be
     * called again.
     *
     * @return what was put back
     * @throws IllegalStateException
     *             if the surrounding transaction is read-only
     * @throws org.springframework.dao.DataAccessException
     *             if the database cannot be reached
     */
    RetriedJobs retryAll(FailedJobs which);

    /**
     * What {@link #retryAll} would put back just now, if nobody held any of it. Changes nothing and locks nothing.
     *
     * @throws org.springframework.dao.DataAccessException
     *             if the database cannot be reached
     */
    RetriedJobs retryAllDryRun(FailedJobs which);

    /**
     * Ends those of the FAILED jobs as DELETED, with their history; retention removes them as other deleted ones. What is passed over,
     * what is atomic and how far it has come where it fails is as {@link #retryAll} has it. A unique key that stands for a period goes
     * on to do so.
     *
     * @return what was deleted
     * @throws IllegalStateException
     *             if the surrounding transaction is read-only
     * @throws org.springframework.dao.DataAccessException
     *             if the database cannot be reached
     */
    DeletedJobs deleteAll(FailedJobs which);

    /**
     * What {@link #deleteAll} would delete just now, if nobody held any of it. Changes nothing and locks nothing.
     *
     * @throws org.springframework.dao.DataAccessException
     *             if the database cannot be reached
     */
    DeletedJobs deleteAllDryRun(FailedJobs which);

    /**
     * Ends those of the jobs that wait for a worker or for their time, each as {@link #cancel} does. Passed over are jobs that somebody
     * holds just now, such as a worker that takes them, those whose row cannot be read, and those enqueued while it works. One that has
     * begun to run meanwhile is left to run.
     *
     * <p>
     * In the caller's transaction it is all or nothing with that one, whose locks it then holds until the end. Without one it is not
     * atomic: it commits 500 at a time, and where it fails those before stay cancelled. It may then be called again.
     *
     * @param which
     *            its state SCHEDULED, ENQUEUED, or null for both
     * @return what was cancelled
     * @throws IllegalArgumentException
     *             if it asks for jobs in another state
     * @throws IllegalStateException
     *             if the surrounding transaction is read-only
     * @throws org.springframework.dao.DataAccessException
     *             if the database cannot be reached
     */
    DeletedJobs cancelAll(JobFilter which);

    /** The same for {@code most} of them, from 1: scheduled ones first, and of each state those that have been in it for longest. */
    DeletedJobs cancelAll(JobFilter which, int most);

    /**
     * What {@link #cancelAll} would cancel just now, if nobody held any of it. Changes nothing and locks nothing.
     *
     * @throws IllegalArgumentException
     *             if it asks for jobs in another state than SCHEDULED or ENQUEUED
     * @throws org.springframework.dao.DataAccessException
     *             if the database cannot be reached
     */
    DeletedJobs cancelAllDryRun(JobFilter which);

    /** What {@link #cancelAll(JobFilter, int)} would. */
    DeletedJobs cancelAllDryRun(JobFilter which, int most);

    /**
     * What is known of a job; empty if there is none of this id, or none any more. Sees the caller's own transaction.
     *
     * @throws org.springframework.dao.DataAccessException
     *             if the database cannot be reached
     */
    Optional<JobStatus> find(UUID id);
}
