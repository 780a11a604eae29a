package io.millrace.jobs;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Reads what has become of many jobs, each by its primary key: the states of all in one statement, and of those that have changed the rows, few
 * at a time, as each holds a payload, which nobody here wants.
 */
final class WatchedJobs {

    static final int AT_ONCE = 1_000;
    static final int ROWS_AT_ONCE = 50;

    private final JobStore store;
    private final String states;
    private final String rows;

    WatchedJobs(JobStore store, JobsSchema schema) {
        this.store = store;
        this.states = """
                      select seen.id, seen.version, job.version as now, job.state
                      from unnest(?::text[], ?::int[]) as seen (id, version)
                          join %sjobrunr_jobs job on job.id = seen.id::bpchar
                      """.formatted(schema.prefix());
        this.rows = """
                    select id, version as now, state, jobAsJson as json, type, queue, priority, createdAt
                    from %sjobrunr_jobs where id = any (?::text[]::bpchar[])
                    """.formatted(schema.prefix());
    }

    /** Without those that are not there. */
    Map<Seen, Now> look(Connection connection, Collection<Seen> seen) throws SQLException {
        var found = HashMap.<Seen, Now>newHashMap(seen.size());
        var all = List.copyOf(seen);
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            states(connection, all.subList(from, Math.min(from + AT_ONCE, all.size())), found);
        }
        var changed = found.entrySet().stream().filter(one -> one.getKey().differsFrom(one.getValue()))
                .map(Map.Entry::getKey).toList();
        for (int from = 0; from < changed.size(); from += ROWS_AT_ONCE) {
            rows(connection, changed.subList(from, Math.min(from + ROWS_AT_ONCE, changed.size())), found);
        }
        return found;
    }

    private void states(Connection connection, List<Seen> some, Map<Seen, Now> found) throws SQLException {
        try (var statement = connection.prepareStatement(states)) {
            statement.setArray(1, JobRows.ids(connection, some.stream().map(Seen::id).toList()));
            statement.setArray(2,
                    connection.createArrayOf("int4", some.stream().map(Seen::version).toArray(Integer[]::new)));
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    found.put(new Seen(UUID.fromString(row.getString("id")), row.getInt("version")), now(row, null));
                }
            }
        }
    }

    /** As they stand by now, which may be later than their states were read. */
    private void rows(Connection connection, List<Seen> some, Map<Seen, Now> found) throws SQLException {
        var read = HashMap.<UUID, Now>newHashMap(some.size());
        try (var statement = connection.prepareStatement(rows)) {
            statement.setArray(1, JobRows.ids(connection, Set.copyOf(some.stream().map(Seen::id).toList())));
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    var id = UUID.fromString(row.getString("id"));
                    read.put(id, now(row, status(id, row)));
                }
            }
        }
        // Without those that were deleted in between.
        some.forEach(one -> found.computeIfPresent(one, (_, _) -> read.get(one.id())));
    }

    private static Now now(ResultSet row, @Nullable JobStatus changed) throws SQLException {
        var state = row.getString("state");
        return new Now(row.getInt("now"),
                state.equals("AWAITING") ? JobStatus.State.SCHEDULED : JobStatus.State.valueOf(state), changed);
    }

    private JobStatus status(UUID id, ResultSet row) throws SQLException {
        try {
            return JobHistory.of(store.read(row.getString("json"))).status();
        } catch (RuntimeException e) {
            return UnreadableRow.status(id, row);
        }
    }

    /** What to look at: all ids, with the version that is known; {@link #STATE_ONLY} reads no more than the state. */
    record Seen(UUID id, int version) {

        static final int STATE_ONLY = -1;

        private boolean differsFrom(Now now) {
            return version != STATE_ONLY && version != now.version();
        }
    }

    /**
     * A job as it stands.
     *
     * @param changed
     *            without what its run said since; null if it is of the version that is known
     */
    record Now(int version, JobStatus.State state, @Nullable JobStatus changed) {
    }
}
