package io.millrace.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

import org.jobrunr.storage.StorageException;

/** Whether a job is still the run's that wants to keep something: in its row, running, as of the version that the run has taken. */
final class RunFence {

    /** Longer than anybody should hold a running job's row; a handler may hold it itself, who has cancelled its own job. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    /** With one of the engine's few connections in hand: most who hold the row are gone by then. */
    private static final Duration FIRST_WAIT = Duration.ofMillis(250);
    private static final Duration NEXT_WAITS = Duration.ofMillis(25);
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final Transactions transactions;
    private final Duration longestWait;
    private final String prefix;
    private final String look;

    RunFence(DataSource engine, JobsSchema schema, Duration longestWait) {
        this.transactions = new Transactions(engine);
        this.longestWait = longestWait;
        this.prefix = schema.prefix();
        this.look = "select state, version from %sjobrunr_jobs where id = ?::text::bpchar".formatted(prefix);
    }

    /**
     * SQL for a part of a statement that has one row if it is, with the job's id and the version as parameters. Who gives the
     * job to another run, or ends it, waits for the commit, or this for theirs and finds another version.
     */
    String mine() {
        return """
               mine as (
                   select from %sjobrunr_jobs
                   where id = ?::text::bpchar and version = ? and state = 'PROCESSING'
                   for share)
               """.formatted(prefix);
    }

    /**
     * Runs {@code work}, which may have to wait for a row, and commits it. While somebody holds the row it is tried again and
     * again, with no connection between the tries: who holds many would take all of them from the rest of the engine. After an
     * interrupt it is tried once more.
     *
     * @throws StorageException
     *             for what the database refuses, and for a row that is held for too long
     */
    <T> T run(Transactions.Work<T> work) {
        long begun = System.nanoTime();
        boolean interrupted = false;
        var wait = FIRST_WAIT;
        try {
            for (var pause = PAUSE;; pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : pause) {
                try {
                    return runOnce(work, wait);
                } catch (StorageException e) {
                    if (!SqlFailure.isOfAHeldRow(e.getCause()) || interrupted
                            || System.nanoTime() - begun >= longestWait.toNanos()) {
                        throw e;
                    }
                }
                LockSupport.parkNanos(pause.toNanos());
                // Whoever tells it to stop may be the one that has held the row.
                interrupted = Thread.interrupted();
                wait = NEXT_WAITS;
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private <T> T runOnce(Transactions.Work<T> work, Duration wait) {
        return transactions.run(connection -> {
            try (var set = connection.createStatement()) {
                set.execute("set local lock_timeout = %d".formatted(wait.toMillis()));
            }
            return work.on(connection);
        });
    }

    /** What has become of a run whose job it no longer is; empty if it is. Waits for nobody. */
    Optional<Attempt.Told> lost(Connection connection, UUID job, int run) throws SQLException {
        try (var select = connection.prepareStatement(look)) {
            select.setString(1, job.toString());
            try (var row = select.executeQuery()) {
                if (!row.next()) {
                    return Optional.of(Attempt.Told.REPLACED);
                }
                if (row.getString(1).equals("DELETED")) {
                    return Optional.of(Attempt.Told.CANCELLED);
                }
                return row.getString(1).equals("PROCESSING") && row.getInt(2) == run
                        ? Optional.empty()
                        : Optional.of(Attempt.Told.REPLACED);
            }
        }
    }
}
