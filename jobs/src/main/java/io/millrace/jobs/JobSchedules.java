package io.millrace.jobs;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Recurring jobs, changed while everything runs. At each of its times a schedule puts one job into the queue, however many workers
 * there are: in one transaction with its next time, by the database's clock. Workers do so, and one must run.
 *
 * <p>
 * Within a Spring transaction on the engine's data source, a change is part of that transaction, and waits for the end of others that
 * change, or run, the same schedule; workers hear of it with the commit. Without one it is atomic by itself. Every change throws
 * {@link IllegalStateException} in a read-only transaction, and every method
 * {@link org.springframework.dao.DataAccessException} if the database cannot be reached.
 *
 * <p>
 * Not guaranteed: that a job starts at its time. On an idle system it does so a few milliseconds later; otherwise it waits in its queue as
 * any other.
 */
public interface JobSchedules {

    /**
     * Creates the schedule or replaces all of it but its age and what it did last. Where its times stay as they were, and it is and was not
     * paused, its next run does as well; otherwise that is the first one from now on.
     *
     * @param id
     *            1 to 100 letters, digits, dots, hyphens or underscores
     * @throws InvalidSchedule
     *             if no schedule can have that id
     * @throws UnknownJobType
     *             if the record has no {@link JobType} or is not among the scanned packages
     * @throws InvalidPayload
     *             if a constraint of the record does not hold
     */
    StoredSchedule put(String id, Job<?> job, ScheduleOptions options);

    /**
     * The same by the type's name and a JSON payload, as callers from outside do.
     *
     * @throws InvalidSchedule
     *             if no schedule can have that id
     * @throws UnknownJobType
     *             if no type of that name is known
     * @throws InvalidPayload
     *             if the JSON does not fit: not an object, unknown or missing fields, wrong types, constraints
     */
    StoredSchedule put(String id, String type, String payload, ScheduleOptions options);

    /** The schedule of this id. */
    Optional<Schedule> find(String id);

    /**
     * Some of them, newest first: at most {@code limit} after the place of {@code createdAt} and {@code id}.
     *
     * @param createdAt
     *            {@link Instant#MAX} to begin
     */
    List<Schedule> list(Instant createdAt, String id, int limit);

    /**
     * Removes it, and leaves alone what it has put into the queue.
     *
     * @return whether there was one
     */
    boolean delete(String id);

    /**
     * Holds it up until {@link #resume}; nothing happens if it is paused.
     *
     * @return it as it stands then; empty if there is none of this id
     */
    Optional<Schedule> pause(String id);

    /**
     * Lets it go on with the first of its times from now on; nothing happens if it is not paused.
     *
     * @return it as it stands then; empty if there is none of this id
     */
    Optional<Schedule> resume(String id);

    /**
     * Puts its job into the queue now, also while it is paused; its times stay as they are. Where its jobs must not overlap
     * ({@link ScheduleOptions.Overlap#SKIP}) and the last has not ended, that one is answered and none is queued. Also in a process that
     * does not know the type, as soon as a worker that knows it has started: nobody checks the payload then before the job runs.
     *
     * @return the job's id; empty if there is no such schedule
     * @throws UnknownJobType
     *             if its type is not known any more here, and no worker has said what it is
     * @throws InvalidPayload
     *             if its payload does not fit the type any more, where that is known
     */
    Optional<UUID> runNow(String id);
}
