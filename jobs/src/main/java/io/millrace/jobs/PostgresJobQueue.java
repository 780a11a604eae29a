package io.millrace.jobs;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

import org.jobrunr.jobs.states.EnqueuedState;
import org.jobrunr.jobs.states.ScheduledState;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The queue on Postgres: one row per job, written on the connection of the caller's transaction. */
final class PostgresJobQueue implements JobQueue {

    private final JobTypes types;
    private final JobPayloads payloads;
    private final JobStore store;
    private final JdbcTemplate jdbc;
    private final String jobs;
    private final WakeUp wakeUp;

    PostgresJobQueue(JobTypes types, JobPayloads payloads, JobStore store, DataSource dataSource, JobsSchema schema,
            WakeUp wakeUp) {
        this.types = types;
        this.payloads = payloads;
        this.store = store;
        this.jdbc = new JdbcTemplate(dataSource);
        this.jobs = schema.prefix() + "jobrunr_jobs";
        this.wakeUp = wakeUp;
    }

    @Override
    public UUID enqueue(Job<?> job, EnqueueOptions options) {
        var type = types.of(job.getClass());
        payloads.check(type.name(), job);
        return enqueue(type, job, options);
    }

    @Override
    public UUID enqueue(String typeName, String payload, EnqueueOptions options) {
        var type = types.named(typeName);
        return enqueue(type, payloads.read(typeName, payload, type.payloadType()), options);
    }

    @Override
    public Optional<JobStatus> find(UUID id) {
        return JdbcClient.create(jdbc)
                .sql("select jobAsJson, type, queue, priority, state, createdAt from %s where id = ?".formatted(jobs))
                .param(id.toString()).query((row, number) -> status(id, row)).optional();
    }

    private JobStatus status(UUID id, ResultSet row) throws SQLException {
        try {
            return JobHistory.of(store.read(row.getString("jobAsJson"))).status();
        } catch (RuntimeException e) {
            return UnreadableRow.status(id, row);
        }
    }

    private UUID enqueue(JobDescriptor type, Job<?> payload, EnqueueOptions options) {
        if (TransactionSynchronizationManager.isCurrentTransactionReadOnly()) {
            throw new IllegalStateException("cannot enqueue " + type.name()
                    + " in a read-only transaction; make it read-write, or enqueue outside of it");
        }
        var enqueued = new EnqueuedJob(type.name(), type.version(), chosen(options.queue(), type.queue()),
                chosen(options.priority(), type.priority()), chosen(options.maxAttempts(), type.maxAttempts()),
                payloads.write(payload));
        var id = chosen(options.id(), org.jobrunr.jobs.Job.newUUID());
        var runAt = options.runAt();
        // Whether it is due already, only the database's clock can say.
        var state = runAt == null ? new EnqueuedState() : new ScheduledState(runAt);
        insert(Envelope.sealed(id, enqueued, state, options.labels()), enqueued);
        afterCommit(wakeUp::workers);
        return id;
    }

    private void insert(org.jobrunr.jobs.Job job, EnqueuedJob enqueued) {
        jdbc.execute((ConnectionCallback<@Nullable Void>) connection -> {
            store.insert(connection, job, enqueued);
            return null;
        });
    }

    private static <T> T chosen(@Nullable T wanted, T otherwise) {
        return wanted == null ? otherwise : wanted;
    }

    private static void afterCommit(Runnable action) {
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    action.run();
                }
            });
        } else {
            action.run();
        }
    }
}
