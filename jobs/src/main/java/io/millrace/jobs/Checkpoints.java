package io.millrace.jobs;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** How far jobs are, as their next run has to know it. Only the run whose job it is may say so. */
final class Checkpoints {

    private final Transactions transactions;
    private final RunFence fence;
    private final String save;
    private final String load;

    Checkpoints(DataSource engine, JobsSchema schema) {
        this(engine, schema, RunFence.LONGEST_WAIT);
    }

    Checkpoints(DataSource engine, JobsSchema schema, Duration longestWait) {
        this.transactions = new Transactions(engine);
        this.fence = new RunFence(engine, schema, longestWait);
        this.save = """
                    with %2$s
                    insert into %1$sjob_checkpoints (job_id, run, value) select ?, ?, ? from mine
                    on conflict (job_id) do update
                        set run = excluded.run, value = excluded.value, saved_at = excluded.saved_at
                    """.formatted(schema.prefix(), fence.mine());
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
        return fence.run(connection -> {
            try (var insert = connection.prepareStatement(save)) {
                insert.setString(1, job.toString());
                insert.setInt(2, run);
                insert.setObject(3, job);
                insert.setInt(4, run);
                insert.setString(5, json);
                return insert.executeUpdate() == 1 ? Optional.empty() : fence.lost(connection, job, run);
            }
        });
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
