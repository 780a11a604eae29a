package io.millrace.jobs;

import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Enqueues a job that comes with an idempotency key, a unique key or both. Rows are locked in this order: idempotency key,
 * unique key, job.
 */
final class EnqueueWithKeys {

    private final QueuedJobs jobs;
    private final IdempotencyKeys idempotencyKeys;
    private final UniqueKeys uniqueKeys;
    private final EnqueueTransaction transaction;

    EnqueueWithKeys(QueuedJobs jobs, IdempotencyKeys idempotencyKeys, UniqueKeys uniqueKeys,
            EnqueueTransaction transaction) {
        this.jobs = jobs;
        this.idempotencyKeys = idempotencyKeys;
        this.uniqueKeys = uniqueKeys;
        this.transaction = transaction;
    }

    UUID enqueue(NewJobRow job, EnqueueOptions options) {
        return transaction.allOrNothing(() -> enqueueIdempotently(transaction.jdbc(), job, options));
    }

    private UUID enqueueIdempotently(JdbcClient jdbc, NewJobRow job, EnqueueOptions options) {
        var key = options.idempotencyKey();
        if (key == null) {
            return enqueueUniquely(jdbc, job, options);
        }
        var known = idempotencyKeys.claim(jdbc, key.key(), RequestHash.of(key, job.enqueued()), job.id());
        if (known.isPresent()) {
            return known.get();
        }
        var id = enqueueUniquely(jdbc, job, options);
        if (!id.equals(job.id())) {
            idempotencyKeys.pointTo(jdbc, key.key(), id);
        }
        return id;
    }

    private UUID enqueueUniquely(JdbcClient jdbc, NewJobRow job, EnqueueOptions options) {
        var key = options.uniqueKey();
        if (key == null) {
            jobs.insert(job);
            return job.id();
        }
        var type = job.enqueued().type();
        var holder = uniqueKeys.claim(jdbc, type, key, job.id()).orElse(null);
        if (holder == null) {
            return insertWithFreshKey(jdbc, job, key);
        }
        if (holder.stage() == UniqueKeys.Stage.RUNNING && key.policy() == UniqueKey.Policy.RUN_AGAIN_AFTER) {
            return insertAndGive(jdbc, job.after(holder.id()), key);
        }
        if (!holder.holdsTheKey()) {
            return insertAndGive(jdbc, job, key);
        }
        if (holder.stage() == UniqueKeys.Stage.WAITING) {
            jobs.wakeWorkersAfterEnd();
        }
        return leaveOrReplace(holder, job, key);
    }

    private UUID insertWithFreshKey(JdbcClient jdbc, NewJobRow job, UniqueKey key) {
        if (!jobs.insert(job)) {
            // The id was there already: that job did not come with this key.
            uniqueKeys.release(jdbc, job.enqueued().type(), key);
        }
        return job.id();
    }

    /** Where the id was there already, the key stays with its holder, which may still run. */
    private UUID insertAndGive(JdbcClient jdbc, NewJobRow job, UniqueKey key) {
        if (jobs.insert(job)) {
            uniqueKeys.give(jdbc, job.enqueued().type(), key, job.id());
        }
        return job.id();
    }

    private UUID leaveOrReplace(UniqueKeys.Holder holder, NewJobRow job, UniqueKey key) {
        switch (key.policy()) {
            case KEEP, RUN_AGAIN_AFTER -> {
                // It is there already.
            }
            case REJECT -> throw new DuplicateJob(job.enqueued().type(), key, holder.id());
            case REPLACE -> {
                if (holder.stage() != UniqueKeys.Stage.WAITING) {
                    throw new DuplicateJob(job.enqueued().type(), key, holder.id());
                }
                jobs.replace(job.as(holder.id(), holder.createdAt()), holder.version() + 1);
            }
        }
        return holder.id();
    }
}
