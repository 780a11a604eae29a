package io.millrace.jobs;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.JobDetails;
import org.jobrunr.jobs.JobParameter;
import org.jobrunr.jobs.states.JobState;

/** Our {@link EnqueuedJob} in and out of JobRunr's job. */
final class Envelope {

    private Envelope() {
    }

    static Job sealed(UUID id, EnqueuedJob enqueued, JobState state, List<String> labels) {
        var details = new JobDetails(JobRunner.class.getName(), null, "run",
                List.of(new JobParameter(EnqueuedJob.class, enqueued)));
        var job = new Job(id, details, state);
        job.setJobName(enqueued.type());
        job.setAmountOfRetries(enqueued.maxAttempts() - 1);
        job.setLabels(labels);
        return job;
    }

    /** Empty for a job that something else enqueued, or whose envelope cannot be read. */
    static Optional<EnqueuedJob> of(Job job) {
        return job.getJobDetails().getJobParameters().stream().map(JobParameter::getObject)
                .filter(EnqueuedJob.class::isInstance).map(EnqueuedJob.class::cast).findFirst();
    }

    /** Of a job that something else enqueued as well: it waits where the column's default says. */
    static String queueOf(Job job) {
        return of(job).map(EnqueuedJob::queue).orElse("default");
    }
}
