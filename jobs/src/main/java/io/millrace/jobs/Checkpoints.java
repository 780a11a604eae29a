package io.millrace.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** How far jobs are, as their next run has to know it. Only the run whose job it is may say so. */
final class Checkpoints {

    /** Longer than anybody should hold a running job's row; a handler may hold it itself, who has cancelled its own job. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final Transactions transactions;
    private final String limit;
    private final String save;
    private final String state;
    private final String load;

    Checkpoints(DataSource engine, JobsSchema schema) {
        this(engine, schema, LONGEST_WAIT);
    }

    Checkpoints(DataSource engine, JobsSchema schema, Duration longestWait) {
        this.transactions = new Transactions(engine);
        this.limit = "set local lock_timeout = %d".formatted(longestWait.toMillis());
        // Who gives the job to another run, or ends it, waits for the commit, or this for theirs and finds another version.
        this.save = """
                    with mine as (
                        select from %1$sjobrunr_jobs
                        where id = ?::text::bpchar and version = ? and state = 'PROCESSING'
                        for share)
                    insert into %1$sjob_checkpoints (job_id, run, value) select ?, ?, ? from mine
                    on conflict (job_id) do update
                        set run = excluded.run, value = excluded.value, saved_at = excluded.saved_at
                    """.formatted(schema.prefix());
        this.state = "select state from %sjobrunr_jobs where id = ?::text::bpchar".formatted(schema.prefix());
        this.load = "select value from %sjob_checkpoints where job_id = ?".formatted(schema.prefix());
    }

    /**
     * Returns after the commit.
     *
     * @param run
     *            the version of the job as which it was taken
     * @return empty if it is saved, or what has become of the run whose job it no longer is
     */
    Optional<Attempt.Told> save(UUID job, int run, String json) {
        return transactions.run(connection -> {
            try (var set = connection.createStatement(); var insert = connection.prepareStatement(save)) {
                set.execute(limit);
                insert.setString(1, job.toString());
                insert.setInt(2, run);
                insert.setObject(3, job);
                insert.setInt(4, run);
                insert.setString(5, json);
                return insert.executeUpdate() == 1 ? Optional.empty() : Optional.of(whyNot(connection, job));
            }
        });
    }

    private Attempt.Told whyNot(Connection connection, UUID job) throws SQLException {
        try (var select = connection.prepareStatement(state)) {
            select.setString(1, job.toString());
            try (var row = select.executeQuery()) {
                return row.next() && row.getString(1).equals("DELETED")
                        ? Attempt.Told.CANCELLED
                        : Attempt.Told.REPLACED;
            }
        }
    }

    Optional<String> load(UUID job) {
        return transactions.run(connection -> {
            try (var select = connection.prepareStatement(load)) {
                select.setObject(1, job);
                try (var row = select.executeQuery()) {
                    return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
                }
            }
        });
    }
}
