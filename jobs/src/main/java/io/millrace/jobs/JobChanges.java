package io.millrace.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.jobrunr.jobs.states.StateName;

/**
 * Writes the changes of many jobs, and the results that belong to them, in one statement. One that deletes jobs tells the
 * workers of those that were running, in the same transaction.
 */
final class JobChanges {

    /** How long a commit may wait for a row that somebody holds: the others in it wait as well. */
    private static final Duration HELD = Duration.ofMillis(250);

    private static final String DELETED = StateName.DELETED.name();

    private final ChangeStatements telling;
    private final ChangeStatements silent;

    JobChanges(JobsSchema schema) {
        this(schema, "");
    }

    private JobChanges(JobsSchema schema, String condition) {
        // On the channel of the wake-ups. Nearly all writes delete nothing, and are not to pay for it.
        this.telling = new ChangeStatements(schema, condition,
                """
                , case when job.state = 'DELETED' and old.state = 'PROCESSING'
                    then pg_notify('%s', %s)::text end
                """.formatted(schema.name(), StopOrder.SQL_PAYLOAD));
        this.silent = new ChangeStatements(schema, condition, "");
    }

    /**
     * For changes that have nothing to do with one another. The database refuses them where somebody holds one of their rows, such as
     * a caller whose transaction has cancelled it and goes on. As a part of the statement that costs no round trip, and ends with it.
     */
    static JobChanges together(JobsSchema schema) {
        return new JobChanges(schema, "and (select set_config('lock_timeout', '%d', true)) is not null%n"
                .formatted(HELD.toMillis()));
    }

    /**
     * Writes those whose rows are still of the version they replace; no two may be of one job. Locks the
     * rows by their ids, so that two who write the same ones wait for one another instead of both for ever.
     *
     * @return the ids of what was written, each with the time its result expires at if it has one
     */
    Map<UUID, Optional<Instant>> write(Connection connection, List<JobChange> unordered) throws SQLException {
        var changes = unordered.stream().sorted(Comparator.comparing(JobChange::id)).toList();
        boolean anyResult = changes.stream().anyMatch(change -> change.result() != null);
        var statements = changes.stream().anyMatch(change -> DELETED.equals(change.state())) ? telling : silent;
        boolean anyError = changes.stream().anyMatch(change -> change.error() != null);
        var values = statements.of(anyResult, anyError).of(changes);
        try (var update = connection.prepareStatement(values.sql())) {
            values.bind(update, 1);
            var written = HashMap.<UUID, Optional<Instant>>newHashMap(changes.size());
            try (var rows = update.executeQuery()) {
                while (rows.next()) {
                    long micros = rows.getLong(2);
                    written.put(UUID.fromString(rows.getString(1)),
                            rows.wasNull() ? Optional.empty() : Optional.of(instant(micros)));
                }
            }
            return written;
        }
    }

    private static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000);
    }

    /**
     * What became of a change.
     *
     * @param written
     *            false: the row has another version by now, or is gone
     * @param resultExpiresAt
     *            of the result that was kept with it
     */
    record Outcome(boolean written, Optional<Instant> resultExpiresAt) {

        static Outcome of(Map<UUID, Optional<Instant>> written, UUID id) {
            var expiresAt = written.get(id);
            return new Outcome(expiresAt != null, expiresAt == null ? Optional.empty() : expiresAt);
        }
    }
}
