package io.millrace.jobs;

import org.jobrunr.jobs.lambdas.JobRequest;
import org.jspecify.annotations.Nullable;

/**
 * What a row in the queue holds: the engine's own envelope, so that job records can be renamed and moved while rows wait.
 * Its own name and components are part of the stored format and must not change. Public only because JobRunr reads it by
 * reflection.
 *
 * @param timeLimitMillis
 *            null for that of the type, as in rows from before there was any other
 * @param enqueuedBy
 *            null where nobody has said
 * @param traceparent
 *            of whoever enqueued it, as W3C's header; null where nobody traces, as in rows from before that was possible
 * @param payload
 *            the job record as JSON
 */
public record EnqueuedJob(String type, int version, String queue, int priority, int maxAttempts,
        @Nullable Long timeLimitMillis, @Nullable String enqueuedBy, @Nullable String traceparent,
        String payload) implements JobRequest {

    /** One of which its enqueuer has said neither. */
    EnqueuedJob(String type, int version, String queue, int priority, int maxAttempts, String payload) {
        this(type, version, queue, priority, maxAttempts, null, null, null, payload);
    }

    @Override
    public Class<JobRunner> getJobRequestHandler() {
        return JobRunner.class;
    }
}
