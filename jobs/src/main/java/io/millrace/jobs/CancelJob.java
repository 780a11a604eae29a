package io.millrace.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/**
 * Deletes a waiting or running job in the caller's transaction. The version that this raises keeps the worker of a running one
 * from saving what comes of it; that it is to stop, the worker hears with the commit ({@link StopOrder}).
 */
final class CancelJob {

    static final String REASON = "cancelled";

    private final JobStore store;
    private final EnqueueTransaction transaction;
    private final WakeUp wakeUp;
    private final String jobs;
    private final UniqueKeys keys;

    CancelJob(JobStore store, EnqueueTransaction transaction, WakeUp wakeUp, JobsSchema schema) {
        this.store = store;
        this.transaction = transaction;
        this.wakeUp = wakeUp;
        this.jobs = schema.prefix() + "jobrunr_jobs";
        this.keys = new UniqueKeys(schema);
    }

    boolean cancel(UUID id) {
        return transaction.allOrNothing(() -> {
            keys.lockOf(transaction.jdbc(), id);
            boolean cancelled = transaction.onConnection(connection -> cancel(connection, id));
            if (cancelled) {
                keys.endPeriodOf(transaction.jdbc(), List.of(id));
                // One may have waited for its end, or a rollback leaves it waiting after a worker has passed it over.
                transaction.afterEnd(wakeUp::workers);
            }
            return cancelled;
        });
    }

    private boolean cancel(Connection connection, UUID id) throws SQLException {
        var rows = store.rows();
        var unfinished = rows.select(connection,
                """
                select %s from %s
                where id = ?
                    and state in ('SCHEDULED', 'ENQUEUED', 'AWAITING', 'PROCESSING')
                for update
                """.formatted(JobRows.COLUMNS, jobs),
                select -> select.setString(1, id.toString()));
        rows.change(connection, unfinished, job -> job.delete(REASON));
        return !rows.write(connection, unfinished).written().isEmpty();
    }
}
