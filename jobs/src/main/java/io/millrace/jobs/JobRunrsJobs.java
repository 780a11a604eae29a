package io.millrace.jobs;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.mappers.JobMapper;

/**
 * Inserts jobs that JobRunr itself has made, of a recurring job when it is due or triggered in the dashboard. Those of the
 * engine's own types get the columns that workers find them by, as if they had been enqueued.
 */
final class JobRunrsJobs {

    private final String insert;

    JobRunrsJobs(JobsSchema schema) {
        this.insert = """
                      insert into %sjobrunr_jobs (id, version, jobAsJson, jobSignature, state, createdAt, updatedAt,
                          scheduledAt, recurringJobId, type, queue, priority)
                      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                      on conflict (id) do nothing
                      """.formatted(schema.prefix());
    }

    /** @return those whose ids were there already, and which are left as they were */
    List<Job> insert(Connection connection, List<Job> jobs, JobMapper mapper) throws SQLException {
        try (var batch = connection.prepareStatement(insert)) {
            for (var job : jobs) {
                set(batch, job, mapper);
                batch.addBatch();
            }
            int[] inserted = batch.executeBatch();
            var refused = new ArrayList<Job>();
            for (int i = 0; i < inserted.length; i++) {
                if (inserted[i] == 0) {
                    refused.add(jobs.get(i));
                }
            }
            return refused;
        }
    }

    private static void set(PreparedStatement row, Job job, JobMapper mapper) throws SQLException {
        var enqueued = Envelope.of(job);
        row.setString(1, job.getId().toString());
        row.setInt(2, job.getVersion());
        row.setString(3, mapper.serializeJob(job));
        row.setString(4, job.getJobSignature());
        row.setString(5, job.getState().name());
        row.setObject(6, QueuedJobs.utc(job.getCreatedAt()));
        row.setObject(7, QueuedJobs.utc(job.getUpdatedAt()));
        row.setObject(8, QueuedJobs.utc(JobHistory.of(job).scheduledAt()));
        row.setString(9, job.getRecurringJobId().orElse(null));
        row.setString(10, enqueued.map(EnqueuedJob::type).orElse(null));
        row.setString(11, Envelope.queueOf(job));
        // Nobody has checked it.
        row.setInt(12, Math.clamp(enqueued.map(EnqueuedJob::priority).orElse(0), EnqueueOptions.LOWEST_PRIORITY,
                EnqueueOptions.HIGHEST_PRIORITY));
    }
}
