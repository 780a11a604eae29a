package io.millrace.jobs;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** Which effects of jobs are begun, and what those came to that are done. Only the run whose job it is begins one. */
final class EffectLedger {

    private final RunFence fence;
    private final String begin;
    private final String done;
    private final String withdraw;

    EffectLedger(DataSource engine, JobsSchema schema) {
        this(engine, schema, RunFence.LONGEST_WAIT);
    }

    EffectLedger(DataSource engine, JobsSchema schema, Duration longestWait) {
        this.fence = new RunFence(engine, schema, longestWait);
        // One that is in doubt is this run's from here on: whoever has begun it cannot withdraw it any more.
        this.begin = """
                     with %2$s
                     insert into %1$sjob_effects as kept (job_id, name, run) select ?, ?, ? from mine
                     on conflict (job_id, name) do update
                         set run = case when kept.done_at is null then excluded.run else kept.run end
                     returning new.value, old.run is not null
                     """.formatted(schema.prefix(), fence.mine());
        this.done = """
                    update %sjob_effects set done_at = clock_timestamp(), value = ?
                    where job_id = ? and name = ? and done_at is null
                    """.formatted(schema.prefix());
        this.withdraw = "delete from %sjob_effects where job_id = ? and name = ? and run = ? and done_at is null"
                .formatted(schema.prefix());
    }

    /**
     * Returns after the commit.
     *
     * @param run
     *            the version of the job as which it was taken
     */
    Entry begin(UUID job, int run, String name) {
        return fence.run(connection -> {
            try (var insert = connection.prepareStatement(begin)) {
                insert.setString(1, job.toString());
                insert.setInt(2, run);
                insert.setObject(3, job);
                insert.setString(4, name);
                insert.setInt(5, run);
                try (var row = insert.executeQuery()) {
                    if (!row.next()) {
                        return new Lost(fence.lost(connection, job, run).orElse(Attempt.Told.REPLACED));
                    }
                    var value = row.getString(1);
                    return value == null ? new Begun(row.getBoolean(2)) : new Done(value);
                }
            }
        });
    }

    /**
     * Returns after the commit, and may be repeated: what was written first stays. Whoever has had the effect may say so, also an
     * old run, since it has happened.
     *
     * @return what has become of the run, if the job is no longer its own
     */
    Optional<Attempt.Told> done(UUID job, int run, String name, String json) {
        return fence.run(connection -> {
            try (var update = connection.prepareStatement(done)) {
                update.setString(1, json);
                update.setObject(2, job);
                update.setString(3, name);
                update.executeUpdate();
            }
            return fence.lost(connection, job, run);
        });
    }

    /**
     * Makes an effect that this run has begun one that nobody has begun, unless another run is at it by now.
     *
     * @return whether it is
     */
    boolean withdraw(UUID job, int run, String name) {
        return fence.run(connection -> {
            try (var delete = connection.prepareStatement(withdraw)) {
                delete.setObject(1, job);
                delete.setString(2, name);
                delete.setInt(3, run);
                return delete.executeUpdate() == 1;
            }
        });
    }

    /** What a run finds that wants to begin an effect. */
    sealed interface Entry {
    }

    /**
     * It is begun now.
     *
     * @param before
     *            whether it was before
     */
    record Begun(boolean before) implements Entry {
    }

    /** It is done. */
    record Done(String json) implements Entry {
    }

    /** The job is no longer the run's. */
    record Lost(Attempt.Told why) implements Entry {
    }
}
