package io.millrace.jobs;

import org.jobrunr.jobs.lambdas.JobRequest;

/**
 * What a row in the queue holds: the engine's own envelope, so that job records can be renamed and moved while rows wait.
 * Its own name and components are part of the stored format and must not change. Public only because JobRunr reads it by
 * reflection.
 *
 * @param payload
 *            the job record as JSON
 */
public record EnqueuedJob(String type, int version, String queue, int priority, int maxAttempts,
        String payload) implements JobRequest {

    @Override
    public Class<JobRunner> getJobRequestHandler() {
        return JobRunner.class;
    }
}
