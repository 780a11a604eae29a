package io.millrace.jobs;

import java.util.Optional;
import java.util.UUID;

/**
 * Where services put jobs and look them up.
 *
 * <p>
 * Within a Spring transaction on the engine's data source, {@code enqueue} writes its row in that transaction: the job
 * exists if and only if the caller's other writes do, and workers see it after the commit. Without a transaction it is
 * atomic by itself. A job whose id exists already is left as it is, and the caller's transaction stays usable.
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
     * @return the job's id, the one of the options if they name one
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
     * @return the job's id, the one of the options if they name one
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
     * What is known of a job; empty if there is none of this id, or none any more. Sees the caller's own transaction.
     *
     * @throws org.springframework.dao.DataAccessException
     *             if the database cannot be reached
     */
    Optional<JobStatus> find(UUID id);
}
