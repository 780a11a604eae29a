package io.millrace.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

/**
 * Takes a waiting job out of the queue in the caller's transaction. A job that runs is left alone: its row is its worker's,
 * which would write over anything else than a deletion, and JobRunr interrupts a deleted one only at its next poll.
 */
final class CancelJob {

    private final JobStore store;
    private final EnqueueTransaction transaction;
    private final WakeUp wakeUp;
    private final String jobs;
    private final String keys;

    CancelJob(JobStore store, EnqueueTransaction transaction, WakeUp wakeUp, JobsSchema schema) {
        this.store = store;
        this.transaction = transaction;
        this.wakeUp = wakeUp;
        this.jobs = schema.prefix() + "jobrunr_jobs";
        this.keys = schema.prefix() + "job_unique_keys";
    }

    boolean cancel(UUID id) {
        return transaction.allOrNothing(() -> {
            lockKey(id);
            boolean cancelled = transaction.onConnection(connection -> cancel(connection, id));
            if (cancelled) {
                letGoOfPeriod(id);
                // One may have waited for its end, or a rollback leaves it waiting after a worker has passed it over.
                transaction.afterEnd(wakeUp::workers);
            }
            return cancelled;
        });
    }

    /** The key before the job, as the enqueuers do. */
    private void lockKey(UUID id) {
        transaction.jdbc().sql("select key from %s where job_id = ? for update".formatted(keys)).param(id)
                .query(String.class).list();
    }

    private void letGoOfPeriod(UUID id) {
        transaction.jdbc().sql("delete from %s where job_id = ? and scope = 'FOR_PERIOD'".formatted(keys)).param(id)
                .update();
    }

    private boolean cancel(Connection connection, UUID id) throws SQLException {
        var rows = store.rows();
        var waiting = rows.select(connection, """
                                              select %s from %s
                                              where id = ? and state in ('SCHEDULED', 'ENQUEUED', 'AWAITING')
                                              for update
                                              """.formatted(JobRows.COLUMNS, jobs),
                select -> select.setString(1, id.toString()));
        rows.change(connection, waiting, job -> job.delete("cancelled"));
        return !rows.write(connection, waiting).written().isEmpty();
    }
}
