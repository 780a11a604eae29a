package io.millrace.jobs;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/** Reads what has become of many jobs, each by its primary key, in one statement. */
final class WatchedJobs {

    static final int AT_ONCE = 1_000;

    private final JobStore store;
    private final String select;

    WatchedJobs(JobStore store, JobsSchema schema) {
        this.store = store;
        this.select = """
                      select seen.id, seen.version, job.version as now, job.state,
                             case when seen.version >= 0 and seen.version <> job.version then job.jobAsJson end as json,
                             job.type, job.queue, job.priority, job.createdAt
                      from unnest(?::text[], ?::int[]) as seen (id, version)
                          join %sjobrunr_jobs job on job.id = seen.id::bpchar
                      """.formatted(schema.prefix());
    }

    /** Without those that are not there. No more than {@link #AT_ONCE} are read together. */
    Map<Seen, Now> look(Connection connection, Collection<Seen> seen) throws SQLException {
        var found = HashMap.<Seen, Now>newHashMap(seen.size());
        var all = List.copyOf(seen);
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            look(connection, all.subList(from, Math.min(from + AT_ONCE, all.size())), found);
        }
        return found;
    }

    private void look(Connection connection, List<Seen> some, Map<Seen, Now> found) throws SQLException {
        try (var statement = connection.prepareStatement(select)) {
            statement.setArray(1, JobRows.ids(connection, some.stream().map(Seen::id).toList()));
            statement.setArray(2,
                    connection.createArrayOf("int4", some.stream().map(Seen::version).toArray(Integer[]::new)));
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    var id = UUID.fromString(rows.getString("id"));
                    found.put(new Seen(id, rows.getInt("version")), now(id, rows));
                }
            }
        }
    }

    private Now now(UUID id, ResultSet row) throws SQLException {
        var state = row.getString("state");
        var json = row.getString("json");
        return new Now(row.getInt("now"),
                state.equals("AWAITING") ? JobStatus.State.SCHEDULED : JobStatus.State.valueOf(state),
                json == null ? null : changed(id, json, row));
    }

    private Changed changed(UUID id, String json, ResultSet row) throws SQLException {
        try {
            var history = JobHistory.of(store.read(json));
            return history::status;
        } catch (RuntimeException e) {
            var unreadable = UnreadableRow.status(id, row);
            return _ -> unreadable;
        }
    }

    /** What to look at: all ids, with the version that is known; {@link #STATE_ONLY} reads no more than the state. */
    record Seen(UUID id, int version) {

        static final int STATE_ONLY = -1;
    }

    /**
     * A job as it stands.
     *
     * @param changed
     *            null if it is of the version that is known
     */
    record Now(int version, JobStatus.State state, @Nullable Changed changed) {
    }

    /** A job that has another version by now. */
    interface Changed {
        JobStatus status(JobStatus.@Nullable Progress said);
    }
}
