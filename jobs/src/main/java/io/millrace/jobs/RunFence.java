package io.millrace.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Whether a job is still the run's that wants to keep something: in its row, running, as of the version that the run has taken. */
final class RunFence {

    /** Longer than anybody should hold a running job's row; a handler may hold it itself, who has cancelled its own job. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final String prefix;
    private final String limit;
    private final String look;

    RunFence(JobsSchema schema, Duration longestWait) {
        this.prefix = schema.prefix();
        this.limit = "set local lock_timeout = %d".formatted(longestWait.toMillis());
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

    /** Before a statement that waits. */
    void limitWaits(Connection connection) throws SQLException {
        try (var set = connection.createStatement()) {
            set.execute(limit);
        }
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
