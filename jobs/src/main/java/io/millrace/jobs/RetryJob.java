package io.millrace.jobs;

import java.util.List;
import java.util.UUID;

/** Puts one failed job back in the caller's transaction. */
final class RetryJob {

    private final MoveFailed putBack;
    private final EnqueueTransaction transaction;
    private final WakeUp wakeUp;
    private final String jobs;
    private final UniqueKeys keys;

    RetryJob(MoveFailed putBack, EnqueueTransaction transaction, WakeUp wakeUp, JobsSchema schema) {
        this.putBack = putBack;
        this.transaction = transaction;
        this.wakeUp = wakeUp;
        this.jobs = schema.prefix() + "jobrunr_jobs";
        this.keys = new UniqueKeys(schema);
    }

    void retry(UUID id) {
        transaction.allOrNothing(() -> {
            // So one that comes with the key sees that this job waits again.
            keys.lockOf(transaction.jdbc(), id);
            lockFailed(id);
            var retried = transaction.onConnection(connection -> putBack.of(connection, List.of(id)));
            if (retried.isEmpty()) {
                throw CannotRetry.unreadable(id);
            }
            transaction.afterCommit(wakeUp::workers);
            return retried;
        });
    }

    /** Waits for whoever puts it back as well, and sees then that it is not FAILED any more. */
    private void lockFailed(UUID id) {
        var failed = transaction.jdbc().sql("select id from %s where id = ? and state = 'FAILED' for update"
                .formatted(jobs)).param(id.toString()).query(String.class).optional();
        if (failed.isEmpty()) {
            throw transaction.jdbc().sql("select state from %s where id = ?".formatted(jobs)).param(id.toString())
                    .query(String.class).optional().map(state -> CannotRetry.notFailed(id, state))
                    .orElseGet(() -> CannotRetry.unknown(id));
        }
    }
}
