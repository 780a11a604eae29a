package io.millrace.jobs;

import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;

import org.jobrunr.storage.StorageException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;

/**
 * Enqueues for many callers at once who have no transaction of their own, such as the clients of an HTTP API: those who meet
 * share a statement and a commit ("group commit"), so that a job of many costs a fraction of what {@link JobQueue#enqueue}
 * costs; one alone waits no longer for it. Each job is atomic by itself and durable when its call returns, and no caller fails for another's
 * sake.
 *
 * <p>
 * Not guaranteed: that jobs get their places in the queue in the order of calls that overlap. Not bounded: how many may
 * wait; each caller holds a thread and its payload.
 */
public final class SharedEnqueue {

    private final PostgresJobQueue queue;
    private final SharedCommits<EnqueueTogether.Request, Boolean> commits;
    private final WakeUp wakeUp;
    private final JobSpans spans;

    SharedEnqueue(PostgresJobQueue queue, DataSource dataSource, EnqueueTogether together, WakeUp wakeUp,
            JobSpans spans) {
        this.spans = spans;
        this.queue = queue;
        this.commits = new SharedCommits<>(dataSource, EnqueueTogether.Request::id, together);
        this.wakeUp = wakeUp;
    }

    /**
     * Enqueues by the type's name and a JSON payload, unless its id or its idempotency key is there already, or somebody is claiming
     * that key just now: which job it stands for, {@link JobQueue#enqueue(String, String, EnqueueOptions)} tells.
     *
     * @return the new job; empty if there is none
     * @throws UnknownJobType
     *             if no type of that name is known
     * @throws InvalidPayload
     *             if the JSON does not fit
     * @throws IllegalArgumentException
     *             if the options have a unique key: such jobs are enqueued one by one
     * @throws IllegalStateException
     *             if the caller is in a transaction, which this could not be a part of
     * @throws DataAccessException
     *             if the database cannot be reached or refuses the row; after a lost connection it may be there all the same
     */
    public Optional<JobStatus> tryEnqueue(String type, String payload, EnqueueOptions options) {
        if (options.uniqueKey() != null) {
            throw new IllegalArgumentException("a job with a unique key is enqueued alone: use JobQueue");
        }
        queue.requireNoTransaction();
        return spans.enqueue(() -> type, () -> enqueue(type, payload, options));
    }

    private Optional<JobStatus> enqueue(String type, String payload, EnqueueOptions options) {
        var job = queue.newJob(type, payload, options);
        if (!committed(EnqueueTogether.Request.of(job, options))) {
            return Optional.empty();
        }
        wakeUp.workers();
        return Optional.of(job.status());
    }

    private boolean committed(EnqueueTogether.Request request) {
        try {
            return commits.commit(request);
        } catch (StorageException e) {
            if (request.key() != null && SqlFailure.isOfAHeldRow(e.getCause())) {
                return false;
            }
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
}
