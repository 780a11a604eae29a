package io.millrace.jobs;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.mappers.JobMapper;
import org.jobrunr.jobs.states.IllegalJobStateChangeException;
import org.jobrunr.storage.ConcurrentJobModificationException;

/**
 * Reads rows as JobRunr's jobs and moves them on. What cannot be read, or whose history does not bear the step, is parked
 * as FAILED and leaves the list, so that it holds up none of the others.
 */
record JobRows(String table, JobMapper mapper) {

    /** The columns that {@link #select} reads. */
    static final String COLUMNS = "jobAsJson, id, version, type, queue";

    List<Job> select(Connection connection, String sql, Parameters parameters) throws SQLException {
        try (var select = connection.prepareStatement(sql)) {
            parameters.setOn(select);
            var found = new ArrayList<Job>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    try {
                        found.add(mapper.deserializeJob(rows.getString(1)));
                    } catch (RuntimeException e) {
                        unreadable(rows).park(connection, table, mapper, e);
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

    private static UnreadableRow unreadable(ResultSet row) throws SQLException {
        var type = row.getString("type");
        return new UnreadableRow(UUID.fromString(row.getString("id").trim()), row.getInt("version"),
                type == null ? UnreadableRow.UNKNOWN_TYPE : type, row.getString("queue"));
    }

    interface Parameters {
        void setOn(PreparedStatement statement) throws SQLException;
    }
}
