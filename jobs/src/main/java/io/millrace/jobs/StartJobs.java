package io.millrace.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.states.IllegalJobStateChangeException;
import org.jobrunr.jobs.states.ProcessingState;
import org.jobrunr.jobs.states.StateName;

/** Marks waiting jobs, whose rows are locked, as PROCESSING by one server, and reads them, in one statement for all. */
final class StartJobs {

    private final String move;
    private final String read;
    private final String own;

    StartJobs(JobsSchema schema) {
        this.move = """
                    update %sjobrunr_jobs
                    set version = version + 1, state = 'PROCESSING', updatedAt = clock_timestamp() at time zone 'UTC',
                        worker = ?, jobAsJson = %s
                    where id = any (?::text[]::bpchar[]) and %s
                    returning %s
                    """.formatted(schema.prefix(), StoredForm.moved("jobAsJson", "version + 1", "?"),
                StoredForm.isIn("jobAsJson"), JobRows.COLUMNS);
        this.read = """
                    select %s from %sjobrunr_jobs
                    where id = any (?::text[]::bpchar[]) and state = 'ENQUEUED' and not %s
                    """.formatted(JobRows.COLUMNS, schema.prefix(), StoredForm.isIn("jobAsJson"));
        this.own = "update %sjobrunr_jobs set worker = ? where id = any (?::text[]::bpchar[])"
                .formatted(schema.prefix());
    }

    /** In their order, without those that cannot be read, or start. */
    List<Job> on(JobServer server, Connection connection, List<UUID> waiting, JobRows rows) throws SQLException {
        if (waiting.isEmpty()) {
            return List.of();
        }
        Map<UUID, Job> taken = new HashMap<>();
        move(connection, waiting, server, rows).forEach(job -> taken.put(job.getId(), job));
        if (taken.size() < waiting.size()) {
            var others = waiting.stream().filter(id -> !taken.containsKey(id)).toList();
            startOthers(connection, others, server, rows).forEach(job -> taken.put(job.getId(), job));
        }
        return waiting.stream().map(taken::get).filter(Objects::nonNull).toList();
    }

    private List<Job> move(Connection connection, List<UUID> waiting, JobServer server, JobRows rows)
            throws SQLException {
        // By this node's clock, as JobRunr will write its end: the two make its duration.
        var state = JobWriter.state(new ProcessingState(server.getConfiguration()));
        var moved = rows.select(connection, move, update -> {
            update.setObject(1, server.getId());
            update.setString(2, state);
            update.setArray(3, JobRows.ids(connection, waiting));
        });
        rows.change(connection, moved, StartJobs::refuseUnlessItWaited);
        return moved;
    }

    private static void refuseUnlessItWaited(Job moved) {
        var before = moved.getJobState(-2);
        if (before == null || before.getName() != StateName.ENQUEUED) {
            throw new IllegalJobStateChangeException(before == null ? StateName.AWAITING : before.getName(),
                    StateName.PROCESSING);
        }
    }

    /** Those whose rows are JobRunr's JSON. */
    private List<Job> startOthers(Connection connection, List<UUID> ids, JobServer server, JobRows rows)
            throws SQLException {
        var others = new ArrayList<>(
                rows.select(connection, read, select -> select.setArray(1, JobRows.ids(connection, ids))));
        rows.change(connection, others, job -> job.startProcessingOn(server));
        var written = rows.write(connection, others).written();
        if (written.isEmpty()) {
            return written;
        }
        try (var update = connection.prepareStatement(own)) {
            update.setObject(1, server.getId());
            update.setArray(2, JobRows.ids(connection, written.stream().map(Job::getId).toList()));
            update.executeUpdate();
        }
        return written;
    }
}
