package io.millrace.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/** Writes the changes of many jobs, and the results that belong to them, in one statement. */
final class JobChanges {

    private final String sql;

    JobChanges(JobsSchema schema) {
        this.sql = """
                   with change as (
                       select * from unnest(?::bpchar[], ?::int[], ?::text[], ?::text[], ?::timestamp[], ?::timestamp[],
                               ?::text[], ?::text[], ?::float8[])
                           as change (id, replaces, json, state, updatedAt, scheduledAt, type, result, ttl)
                   ), changed as (
                       update %1$sjobrunr_jobs job
                       set version = replaces + 1, jobAsJson = json, state = change.state,
                           updatedAt = change.updatedAt, scheduledAt = change.scheduledAt
                       from change
                       where job.id = change.id and job.version = replaces
                       returning job.id, change.type, result, ttl
                   ), kept as (
                       insert into %1$sjob_results as kept (job_id, type, result, expires_at)
                       select id::uuid, type, result, now() + make_interval(secs => ttl) from changed
                       where result is not null
                       on conflict (job_id) do update
                           set result = excluded.result, created_at = excluded.created_at,
                               expires_at = excluded.expires_at
                       returning job_id, expires_at
                   )
                   select job_id::text, (extract(epoch from expires_at) * 1000000)::bigint from kept
                   union all
                   select id, null from changed where result is null
                   """.formatted(schema.prefix());
    }

    /**
     * Writes those whose rows are still of the version they replace; no two of {@code changes} may be of one job.
     *
     * @return the ids of what was written, each with the time its result expires at if it has one
     */
    Map<UUID, Optional<Instant>> write(Connection connection, List<JobChange> changes) throws SQLException {
        try (var update = connection.prepareStatement(sql)) {
            update.setArray(1, array(connection, "bpchar", changes, change -> change.id().toString()));
            update.setArray(2, array(connection, "int4", changes, JobChange::replaces));
            update.setArray(3, array(connection, "text", changes, JobChange::json));
            update.setArray(4, array(connection, "text", changes, JobChange::state));
            update.setArray(5, array(connection, "text", changes, change -> change.updatedAt().toString()));
            update.setArray(6, array(connection, "text", changes, change -> text(change.scheduledAt())));
            update.setArray(7, results(connection, "text", changes, NewResult::type));
            update.setArray(8, results(connection, "text", changes, NewResult::json));
            update.setArray(9, results(connection, "float8", changes, NewResult::seconds));
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

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static java.sql.Array results(Connection connection, String type, List<JobChange> changes,
            Function<NewResult, Object> column) throws SQLException {
        return array(connection, type, changes,
                change -> change.result() == null ? null : column.apply(change.result()));
    }

    private static java.sql.Array array(Connection connection, String type, List<JobChange> changes,
            Function<JobChange, @Nullable Object> column) throws SQLException {
        return connection.createArrayOf(type, changes.stream().map(column).toArray());
    }
}
