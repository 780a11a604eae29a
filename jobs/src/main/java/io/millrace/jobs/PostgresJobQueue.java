package io.millrace.jobs;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** The queue on Postgres: one row per job, written on the connection of the caller's transaction. */
final class PostgresJobQueue implements JobQueue {

    private final EnqueueTransaction transaction;
    private final NewJobs newJobs;
    private final QueuedJobs queuedJobs;
    private final EnqueueWithKeys withKeys;
    private final EnqueueInBulk inBulk;
    private final CancelJob cancelJob;
    private final RetryJob retryJob;
    private final FailedJobsInBatches retryAll;
    private final FailedJobsInBatches deleteAll;
    private final CancelWaitingJobs cancelAll;
    private final StatusRows statusRows;
    private final JobSpans spans;
    private final String find;

    PostgresJobQueue(JobTypes types, JobPayloads payloads, JobStore store, DataSource dataSource, JobsSchema schema,
            JobsProperties settings, WakeUp wakeUp, Clock clock, JobSpans spans) {
        this.spans = spans;
        this.transaction = new EnqueueTransaction(dataSource);
        this.newJobs = new NewJobs(types, payloads, clock, spans);
        this.queuedJobs = new QueuedJobs(schema, transaction, wakeUp);
        this.withKeys = new EnqueueWithKeys(queuedJobs, new IdempotencyKeys(schema, settings.idempotencyTtl()),
                new UniqueKeys(schema), transaction);
        this.inBulk = new EnqueueInBulk(newJobs, queuedJobs, transaction);
        this.cancelJob = new CancelJob(store, transaction, wakeUp, schema);
        var putBack = MoveFailed.back(store, schema);
        this.retryJob = new RetryJob(putBack, transaction, wakeUp, schema);
        this.retryAll = new FailedJobsInBatches(putBack, transaction, schema, wakeUp::workers);
        this.deleteAll = new FailedJobsInBatches(MoveFailed.away(store, schema), transaction, schema, () -> {
        });
        this.cancelAll = new CancelWaitingJobs(store, new LookForJobs(dataSource, schema, store), transaction, wakeUp,
                schema);
        this.statusRows = new StatusRows(store, schema);
        this.find = "select %s from %s where id = ?".formatted(StatusRows.COLUMNS, statusRows.from());
    }

    @Override
    public UUID enqueue(Job<?> job, EnqueueOptions options) {
        EnqueueTransaction.requireWritable("enqueue");
        return spans.enqueue(() -> newJobs.typeOf(job),
                () -> enqueue(newJobs.of(job, options, transaction::databaseTime), options));
    }

    @Override
    public UUID enqueue(String type, String payload, EnqueueOptions options) {
        EnqueueTransaction.requireWritable("enqueue");
        return spans.enqueue(() -> type, () -> enqueue(newJob(type, payload, options), options));
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
        return spans.enqueue(() -> "jobs",
                () -> transaction.allOrNothing(() -> inBulk.enqueue(jobs.iterator())));
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
        return RetriedJobs.of(retryAll.move(which));
    }

    @Override
    public RetriedJobs retryAllDryRun(FailedJobs which) {
        return RetriedJobs.of(retryAll.look(which));
    }

    @Override
    public DeletedJobs deleteAll(FailedJobs which) {
        EnqueueTransaction.requireWritable("delete");
        return DeletedJobs.of(deleteAll.move(which));
    }

    @Override
    public DeletedJobs deleteAllDryRun(FailedJobs which) {
        return DeletedJobs.of(deleteAll.look(which));
    }

    @Override
    public DeletedJobs cancelAll(JobFilter which) {
        return cancelAll(which, Integer.MAX_VALUE);
    }

    @Override
    public DeletedJobs cancelAll(JobFilter which, int most) {
        EnqueueTransaction.requireWritable("cancel");
        return DeletedJobs.of(cancelAll.cancel(which, most));
    }

    @Override
    public DeletedJobs cancelAllDryRun(JobFilter which) {
        return cancelAllDryRun(which, Integer.MAX_VALUE);
    }

    @Override
    public DeletedJobs cancelAllDryRun(JobFilter which, int most) {
        return DeletedJobs.of(cancelAll.look(which, most));
    }

    @Override
    public Optional<JobStatus> find(UUID id) {
        return transaction.jdbc().sql(find).param(id.toString()).query((row, number) -> statusRows.status(row))
                .optional();
    }
}
