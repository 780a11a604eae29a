package io.millrace.jobs;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.JobDetails;
import org.jobrunr.jobs.JobParameter;
import org.jobrunr.jobs.mappers.JobMapper;
import org.jobrunr.jobs.states.EnqueuedState;
import org.jobrunr.jobs.states.FailedState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A row whose JSON is no job any more: parked as FAILED with the reason, its JSON kept beside it in {@code unreadable}, so
 * that it neither blocks the queue nor is lost.
 */
record UnreadableRow(UUID id, int version, String type, String queue) {

    static final String UNKNOWN_TYPE = "unknown";

    private static final Logger LOG = LoggerFactory.getLogger(UnreadableRow.class);

    /** What the columns of a row say that has not been parked yet. */
    static JobStatus status(UUID id, ResultSet row) throws SQLException {
        var type = row.getString("type");
        var state = row.getString("state");
        return new JobStatus(id, type == null ? UNKNOWN_TYPE : type, row.getString("queue"), row.getInt("priority"),
                state.equals("AWAITING") ? JobStatus.State.SCHEDULED : JobStatus.State.valueOf(state), 0, 0,
                row.getObject("createdAt", LocalDateTime.class).toInstant(ZoneOffset.UTC), null, null, null, null,
                new JobStatus.Failure(PermanentFailure.class.getSimpleName(), "the stored job cannot be read"),
                List.of(), null);
    }

    void park(Connection connection, String jobs, JobMapper mapper, RuntimeException problem) throws SQLException {
        LOG.error("job {} cannot be read ({}); parked as FAILED, its row's JSON stands in column unreadable", id,
                problem.getClass().getName());
        try (var update = connection
                .prepareStatement(
                        """
                        update %s
                        set unreadable = coalesce(unreadable, jobAsJson), jobAsJson = ?, version = ?, state = 'FAILED', error = ?,
                            updatedAt = clock_timestamp() at time zone 'UTC'
                        where id = ? and version = ?
                        """.formatted(
                                jobs))) {
            var parked = parked();
            update.setString(1, mapper.serializeJob(parked));
            update.setInt(2, version + 1);
            update.setString(3, ErrorText.of(parked));
            update.setString(4, id.toString());
            update.setInt(5, version);
            update.executeUpdate();
        }
    }

    void leaveOut(RuntimeException problem) {
        LOG.warn("job {} cannot be read ({}) and is not shown; what works on it next parks it as FAILED", id,
                problem.getClass().getName());
    }

    private Job parked() {
        var nothing = new EnqueuedJob(type, 0, queue, 0, 1, "null");
        var details = new JobDetails(JobRunner.class.getName(), null, "run",
                List.of(new JobParameter(EnqueuedJob.class, nothing)));
        var reason = new PermanentFailure("the stored job cannot be read; its JSON stands in column unreadable");
        var job = new Job(id, version + 1, details,
                List.of(new EnqueuedState(), new FailedState("The stored job cannot be read", reason)),
                new ConcurrentHashMap<>());
        job.setJobName(type);
        return job;
    }
}
