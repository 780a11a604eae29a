package io.millrace.jobs;

import java.util.List;
import java.util.UUID;

import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.JobDetails;
import org.jobrunr.jobs.JobParameter;
import org.jobrunr.jobs.states.JobState;

/** A job of ours as JobRunr's own constructors make it: what is written by hand is held against it. */
final class SealedJob {

    private SealedJob() {
    }

    static Job of(UUID id, EnqueuedJob enqueued, JobState state, List<String> labels) {
        var details = new JobDetails(JobRunner.class.getName(), null, "run",
                List.of(new JobParameter(EnqueuedJob.class, enqueued)));
        var job = new Job(id, details, state);
        job.setJobName(enqueued.type());
        job.setAmountOfRetries(enqueued.maxAttempts() - 1);
        job.setLabels(labels);
        return job;
    }
}
