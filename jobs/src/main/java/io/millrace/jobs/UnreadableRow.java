package io.millrace.jobs;

import java.sql.Connection;
import java.sql.SQLException;
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

    private static final Logger LOG = LoggerFactory.getLogger(UnreadableRow.class);

    void park(Connection connection, String jobs, JobMapper mapper, RuntimeException problem) throws SQLException {
        LOG.error("job {} cannot be read ({}); parked as FAILED, its row's JSON stands in column unreadable", id,
                problem.getClass().getName());
        try (var update = connection
                .prepareStatement("""
                                  update %s set unreadable = jobAsJson, jobAsJson = ?, version = ?, state = 'FAILED'
                                  where id = ? and version = ?
                                  """.formatted(jobs))) {
            update.setString(1, mapper.serializeJob(parked()));
            update.setInt(2, version + 1);
            update.setString(3, id.toString());
            update.setInt(4, version);
            update.executeUpdate();
        }
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
