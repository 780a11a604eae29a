package io.millrace.jobs;

import java.time.Instant;

import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.context.JobDashboardProgressBar;
import org.jobrunr.jobs.states.FailedState;
import org.jobrunr.jobs.states.JobState;
import org.jobrunr.jobs.states.ProcessingState;
import org.jobrunr.jobs.states.SchedulableState;
import org.jobrunr.jobs.states.StateName;
import org.jspecify.annotations.Nullable;

/** JobRunr's history of a job, read as a {@link JobStatus}. */
record JobHistory(Job job) {

    static JobHistory of(Job job) {
        return new JobHistory(job);
    }

    JobStatus status() {
        return status(null);
    }

    /**
     * @param said
     *            by its last run, where that is not in the job
     */
    JobStatus status(JobStatus.@Nullable Progress said) {
        var enqueued = Envelope.of(job)
                .orElseGet(() -> new EnqueuedJob(job.getJobSignature(), 0, "default", 0, 0, "{}"));
        return new JobStatus(job.getId(), enqueued.type(), enqueued.queue(), enqueued.priority(), state(),
                Attempts.of(job).number(),
                enqueued.maxAttempts(), job.getCreatedAt(), state() == JobStatus.State.SCHEDULED ? scheduledAt() : null,
                createdAt(ProcessingState.class), state().isFinal() ? job.getJobState().getCreatedAt() : null,
                said == null ? progress() : said, error(), job.getLabels(), enqueued.enqueuedBy());
    }

    @Nullable
    Instant scheduledAt() {
        for (var state : job.getJobStates().reversed()) {
            if (state instanceof SchedulableState schedulable) {
                return schedulable.getScheduledAt();
            }
        }
        return null;
    }

    private JobStatus.State state() {
        return state(job.getState());
    }

    /** Callers know no AWAITING. */
    static JobStatus.State state(StateName name) {
        return switch (name) {
            case AWAITING, SCHEDULED -> JobStatus.State.SCHEDULED;
            case ENQUEUED -> JobStatus.State.ENQUEUED;
            case PROCESSING -> JobStatus.State.PROCESSING;
            case SUCCEEDED -> JobStatus.State.SUCCEEDED;
            case FAILED -> JobStatus.State.FAILED;
            case DELETED -> JobStatus.State.DELETED;
        };
    }

    private @Nullable Instant createdAt(Class<? extends JobState> state) {
        return job.getLastJobStateOfType(state).map(JobState::getCreatedAt).orElse(null);
    }

    private JobStatus.@Nullable Progress progress() {
        var bar = JobDashboardProgressBar.get(job);
        return bar == null ? null : new JobStatus.Progress(bar.getSucceededAmount(), bar.getTotalAmount());
    }

    private JobStatus.@Nullable Failure error() {
        if (job.hasState(StateName.SUCCEEDED)) {
            return null;
        }
        return job.getLastJobStateOfType(FailedState.class).map(JobHistory::failure).orElse(null);
    }

    static JobStatus.Failure failure(FailedState failed) {
        var type = failed.getExceptionType();
        var message = failed.getExceptionMessage();
        return new JobStatus.Failure(type.substring(type.lastIndexOf('.') + 1),
                message == null ? failed.getMessage() : message);
    }
}
