package io.millrace.jobs;

import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

import org.jobrunr.storage.StorageException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;

/**
 * Enqueues for many callers at once who have no transaction of their own, such as the clients of an HTTP API: those who meet
 * share a statement and a commit ("group commit"), so that at 64 callers a job costs a fraction of what {@link JobQueue#enqueue}
 * costs; one alone waits no longer for it. Each job is atomic by itself and durable when its call returns, and no caller fails for another's
 * sake. Jobs with a {@link UniqueKey} are enqueued alone.
 *
 * <p>
 * Not guaranteed: that jobs get their places in the queue in the order of the calls that overlap. Not bounded: how many may
 * wait; each caller holds a thread and its payload.
 */
public final class SharedEnqueue {

    private final PostgresJobQueue queue;
    private final SharedCommits<EnqueueTogether.Request, Boolean> commits;
    private final WakeUp wakeUp;

    SharedEnqueue(PostgresJobQueue queue, DataSource dataSource, EnqueueTogether together, WakeUp wakeUp) {
        this.queue = queue;
        this.commits = new SharedCommits<>(dataSource, EnqueueTogether.Request::id, together);
        this.wakeUp = wakeUp;
    }

    /**
     * Enqueues by the type's name and a JSON payload, as {@link JobQueue#enqueue(String, String, EnqueueOptions)} does.
     *
     * @return the job, and whether it is new
     * @throws IdempotencyKeyReused
     *             if the idempotency key stands for another request
     * @throws DuplicateJob
     *             if another job holds the unique key and its policy says so
     * @throws UnknownJobType
     *             if no type of that name is known
     * @throws InvalidPayload
     *             if the JSON does not fit
     * @throws IllegalStateException
     *             if the caller is in a transaction, which this could not be a part of
     * @throws DataAccessException
     *             if the database cannot be reached or refuses the row; after a lost connection it may be there all the same
     */
    public Enqueued enqueue(String type, String payload, EnqueueOptions options) {
        queue.requireNoTransaction();
        var job = queue.newJob(type, payload, options);
        if (options.uniqueKey() == null && committed(EnqueueTogether.Request.of(job, options))) {
            wakeUp.workers();
            return new Enqueued(job.id(), Optional.of(job.status()), true);
        }
        var id = queue.enqueue(job, options);
        return new Enqueued(id, queue.find(id), id.equals(job.id()));
    }

    private boolean committed(EnqueueTogether.Request request) {
        try {
            return commits.commit(request);
        } catch (StorageException e) {
            throw translated(e);
        }
    }

    private static RuntimeException translated(StorageException e) {
        if (e.getCause() instanceof SQLException refused) {
            return Objects.requireNonNullElseGet(
                    new SQLExceptionSubclassTranslator().translate("enqueue", null, refused),
                    () -> new DataAccessResourceFailureException("the job could not be enqueued", refused));
        }
        return e;
    }

    /**
     * What became of a call.
     *
     * @param id
     *            the job's
     * @param job
     *            as it stands; empty if a key stands for one that has been removed
     * @param isNew
     *            false: a key, or the id of the options, stands for one that was there already
     */
    public record Enqueued(UUID id, Optional<JobStatus> job, boolean isNew) {
    }
}
