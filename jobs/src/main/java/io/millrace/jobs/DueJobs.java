package io.millrace.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

import org.jobrunr.jobs.Job;

/**
 * Jobs that are scheduled, by the database's clock alone: which of them are due, and how long it is until the next one is.
 */
final class DueJobs {

    private static final int AT_ONCE = 500;

    private final Transactions transactions;
    private final DatabaseClock clock;
    private final String due;
    private final String next;

    /**
     * @param clock
     *            is told the database's time whenever it is asked for the next job
     */
    DueJobs(Transactions transactions, JobsSchema schema, DatabaseClock clock) {
        this.transactions = transactions;
        this.clock = clock;
        this.due = """
                   select %s from %sjobrunr_jobs
                   where state = 'SCHEDULED' and scheduledAt <= clock_timestamp() at time zone 'UTC'
                   order by scheduledAt
                   limit ?
                   for update skip locked
                   """.formatted(JobRows.COLUMNS, schema.prefix());
        this.next = """
                    select min(scheduledAt), clock_timestamp() at time zone 'UTC' from %sjobrunr_jobs
                    where state = 'SCHEDULED'
                    """.formatted(schema.prefix());
    }

    /**
     * Puts all jobs that are due by now into the queue, a batch a transaction. Safe on many nodes at once: each row is
     * promoted by one of them.
     *
     * @return how many
     */
    int promote(JobRows rows) {
        int promoted = 0;
        int batch;
        do {
            batch = transactions.run(connection -> promoteSome(connection, rows));
            promoted += batch;
        } while (batch == AT_ONCE);
        return promoted;
    }

    private int promoteSome(Connection connection, JobRows rows) throws SQLException {
        var found = upTo(AT_ONCE, connection, rows);
        rows.change(connection, found, Job::enqueue);
        return rows.write(connection, found).written().size();
    }

    private List<Job> upTo(int count, Connection connection, JobRows rows) throws SQLException {
        return rows.select(connection, due, select -> select.setInt(1, count));
    }

    /** How long it is until the next job is due, zero or less if one is; empty if none is scheduled. */
    Optional<Duration> untilNext() {
        return transactions.run(connection -> {
            try (var select = connection.prepareStatement(next); var rows = select.executeQuery()) {
                rows.next();
                var now = rows.getObject(2, LocalDateTime.class);
                clock.says(now.toInstant(ZoneOffset.UTC));
                return Optional.ofNullable(rows.getObject(1, LocalDateTime.class))
                        .map(next -> Duration.between(now, next));
            }
        });
    }
}
