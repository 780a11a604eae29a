package io.millrace.jobs;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.JobListVersioner;
import org.jobrunr.jobs.mappers.JobMapper;
import org.jobrunr.jobs.states.IllegalJobStateChangeException;
import org.jobrunr.storage.ConcurrentJobModificationException;

/**
 * Reads rows as JobRunr's jobs and moves them on. What cannot be read, or whose history does not bear the step, is parked
 * as FAILED and leaves the list, so that it holds up none of the others.
 */
record JobRows(String table, JobMapper mapper, JobChanges changes, JobTraces traces) {

    /** The columns that {@link #select} reads. */
    static final String COLUMNS = "jobAsJson, id, version, type, queue";

    List<Job> select(Connection connection, String sql, Parameters parameters) throws SQLException {
        return select(connection, sql, parameters, (row, problem) -> row.park(connection, table, mapper, problem));
    }

    /**
     * The same for somebody who only looks, with how far the jobs are; what cannot be read is left out, and left as it is.
     */
    List<Job> look(Connection connection, String sql, Parameters parameters) throws SQLException {
        var found = select(connection, sql, parameters, UnreadableRow::leaveOut);
        traces.showProgressOn(connection, found);
        return found;
    }

    private List<Job> select(Connection connection, String sql, Parameters parameters, Unreadable unreadable)
            throws SQLException {
        try (var select = connection.prepareStatement(sql)) {
            parameters.setOn(select);
            var found = new ArrayList<Job>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    try {
                        found.add(mapper.deserializeJob(rows.getString(1)));
                    } catch (RuntimeException e) {
                        unreadable.found(unreadable(rows), e);
                    }
                }
            }
            return found;
        }
    }

    void change(Connection connection, List<Job> changing, Consumer<Job> step) throws SQLException {
        for (var jobs = changing.iterator(); jobs.hasNext();) {
            var job = jobs.next();
            try {
                step.accept(job);
            } catch (IllegalJobStateChangeException | ConcurrentJobModificationException e) {
                jobs.remove();
                var enqueued = Envelope.of(job);
                new UnreadableRow(job.getId(), job.getVersion(),
                        enqueued.map(EnqueuedJob::type).orElse(UnreadableRow.UNKNOWN_TYPE),
                        Envelope.queueOf(job)).park(connection, table, mapper, e);
            }
        }
    }

    /** Writes what has changed, in one statement, and raises the versions of what was written. */
    Written write(Connection connection, List<Job> changed) throws SQLException {
        if (changed.isEmpty()) {
            return new Written(changed, List.of());
        }
        var anew = traces.beginningAnew(connection, changed);
        try (var versions = new JobListVersioner(changed)) {
            var written = changes.write(connection,
                    changed.stream().map(job -> JobChange.of(job, mapper, null)).toList()).keySet();
            var byFate = changed.stream().collect(Collectors.partitioningBy(job -> written.contains(job.getId())));
            var refused = byFate.getOrDefault(false, List.of());
            versions.rollbackVersions(refused);
            traces.forget(connection, anew.stream().filter(written::contains).toList());
            return new Written(byFate.getOrDefault(true, List.of()), refused);
        }
    }

    /**
     * What became of changed jobs.
     *
     * @param refused
     *            those whose rows have another version by now, or are gone
     */
    record Written(List<Job> written, List<Job> refused) {
    }

    private static UnreadableRow unreadable(ResultSet row) throws SQLException {
        var type = row.getString("type");
        return new UnreadableRow(UUID.fromString(row.getString("id").trim()), row.getInt("version"),
                type == null ? UnreadableRow.UNKNOWN_TYPE : type, row.getString("queue"));
    }

    /** {@link #select} or {@link #look}. */
    interface Select {
        List<Job> from(JobRows rows, Connection connection, String sql, Parameters parameters) throws SQLException;
    }

    /** For {@code id = any (?::text[]::bpchar[])}. */
    static Array ids(Connection connection, Collection<UUID> ids) throws SQLException {
        return connection.createArrayOf("text", ids.stream().map(UUID::toString).toArray(String[]::new));
    }

    private interface Unreadable {
        void found(UnreadableRow row, RuntimeException problem) throws SQLException;
    }

    interface Parameters {
        void setOn(PreparedStatement statement) throws SQLException;
    }
}
