package io.millrace.jobs;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

import org.jobrunr.jobs.Job;
import org.jspecify.annotations.Nullable;

/** The row of a new job; JobRunr keeps times without a zone, in UTC. */
final class NewJobRow {

    private NewJobRow() {
    }

    /** Leaves a job alone whose id is there already. */
    static void insert(Connection connection, String table, Job job, EnqueuedJob enqueued, String json)
            throws SQLException {
        try (var insert = connection.prepareStatement(
                """
                insert into %s (id, version, jobAsJson, jobSignature, state, createdAt, updatedAt, scheduledAt,
                                type, queue, priority)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (id) do nothing
                """.formatted(table))) {
            insert.setString(1, job.getId().toString());
            insert.setInt(2, job.getVersion());
            insert.setString(3, json);
            insert.setString(4, job.getJobSignature());
            insert.setString(5, job.getState().name());
            setInstant(insert, 6, job.getCreatedAt());
            setInstant(insert, 7, job.getUpdatedAt());
            setInstant(insert, 8, JobHistory.of(job).scheduledAt());
            insert.setString(9, enqueued.type());
            insert.setString(10, enqueued.queue());
            insert.setInt(11, enqueued.priority());
            insert.executeUpdate();
        }
    }

    private static void setInstant(PreparedStatement statement, int index, @Nullable Instant instant)
            throws SQLException {
        if (instant == null) {
            statement.setNull(index, Types.TIMESTAMP);
        } else {
            statement.setObject(index, LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
        }
    }
}
