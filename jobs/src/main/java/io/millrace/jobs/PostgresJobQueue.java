package io.millrace.jobs;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

/** The queue on Postgres: one row per job, written on the connection of the caller's transaction. */
final class PostgresJobQueue implements JobQueue {

    private final EnqueueTransaction transaction;
    private final NewJobs newJobs;
    private final QueuedJobs queuedJobs;
    private final EnqueueWithKeys withKeys;
    private final EnqueueInBulk inBulk;
    private final CancelJob cancelJob;
    private final RetryJob retryJob;
    private final RetryFailedJobs retryFailedJobs;
    private final JobStore store;
    private final String find;

    PostgresJobQueue(JobTypes types, JobPayloads payloads, JobStore store, DataSource dataSource, JobsSchema schema,
            JobsProperties settings, WakeUp wakeUp, Clock clock) {
        this.transaction = new EnqueueTransaction(dataSource);
        this.newJobs = new NewJobs(types, payloads, clock);
        this.queuedJobs = new QueuedJobs(schema, transaction, wakeUp);
        this.withKeys = new EnqueueWithKeys(queuedJobs, new IdempotencyKeys(schema, settings.idempotencyTtl()),
                new UniqueKeys(schema), transaction);
        this.inBulk = new EnqueueInBulk(newJobs, queuedJobs, transaction);
        this.cancelJob = new CancelJob(store, transaction, wakeUp, schema);
        var putBack = new PutBack(store, schema);
        this.retryJob = new RetryJob(putBack, transaction, wakeUp, schema);
        this.retryFailedJobs = new RetryFailedJobs(putBack, transaction, wakeUp, schema);
        this.store = store;
        this.find = """
                    select jobAsJson, type, queue, priority, state, createdAt, done, total
                    from %1$sjobrunr_jobs
                        left join (select done, total from %1$sjob_progress where job_id = ? order by run desc limit 1)
                            as said on true
                    where id = ?
                    """.formatted(schema.prefix());
    }

    @Override
    public UUID enqueue(Job<?> job, EnqueueOptions options) {
        EnqueueTransaction.requireWritable("enqueue");
        return enqueue(newJobs.of(job, options, transaction::databaseTime), options);
    }

    @Override
    public UUID enqueue(String type, String payload, EnqueueOptions options) {
        EnqueueTransaction.requireWritable("enqueue");
        return enqueue(newJob(type, payload, options), options);
    }

    /** The row that it would be. */
    NewJobRow newJob(String type, String payload, EnqueueOptions options) {
        return newJobs.read(type, payload, options, transaction::databaseTime);
    }

    /** For what cannot be a part of one. */
    void requireNoTransaction() {
        transaction.requireInactive();
    }

    UUID enqueue(NewJobRow job, EnqueueOptions options) {
        if (options.hasKeys()) {
            return withKeys.enqueue(job, options);
        }
        queuedJobs.insert(job);
        return job.id();
    }

    @Override
    public List<UUID> enqueueAllWith(Stream<NewJob> jobs) {
        EnqueueTransaction.requireWritable("enqueue");
        return transaction.allOrNothing(() -> inBulk.enqueue(jobs.iterator()));
    }

    @Override
    public boolean cancel(UUID id) {
        EnqueueTransaction.requireWritable("cancel");
        return cancelJob.cancel(id);
    }

    @Override
    public void retry(UUID id) {
        EnqueueTransaction.requireWritable("retry");
        retryJob.retry(id);
    }

    @Override
    public RetriedJobs retryAll(FailedJobs which) {
        EnqueueTransaction.requireWritable("retry");
        return retryFailedJobs.retry(which);
    }

    @Override
    public RetriedJobs retryAllDryRun(FailedJobs which) {
        return retryFailedJobs.look(which);
    }

    @Override
    public Optional<JobStatus> find(UUID id) {
        return transaction.jdbc().sql(find).params(id, id.toString()).query((row, number) -> status(id, row))
                .optional();
    }

    private static JobStatus.@Nullable Progress progress(ResultSet row) throws SQLException {
        long total = row.getLong("total");
        return row.wasNull() ? null : new JobStatus.Progress(row.getLong("done"), total);
    }

    private JobStatus status(UUID id, ResultSet row) throws SQLException {
        try {
            return JobHistory.of(store.read(row.getString("jobAsJson"))).status(progress(row));
        } catch (RuntimeException e) {
            return UnreadableRow.status(id, row);
        }
    }
}
