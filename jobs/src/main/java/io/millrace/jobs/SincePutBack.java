package io.millrace.jobs;

import java.util.List;

import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.states.FailedState;
import org.jobrunr.jobs.states.JobState;
import org.jobrunr.jobs.states.ProcessingState;
import org.jobrunr.jobs.states.StateName;

/**
 * The part of a job's history that counts: what came after it was last put back, by {@link JobQueue#retry} or in the
 * dashboard. Such a job went straight from its end to ENQUEUED, which a retry never does: that is SCHEDULED between.
 */
final class SincePutBack {

    /** Of a failure that no attempt is spent on: a job lost with its worker goes straight back as well. */
    static final String WORKER_CRASHED = "io.millrace.jobs.WorkerCrashed";

    private SincePutBack() {
    }

    static int failures(Job job) {
        return count(job, FailedState.class);
    }

    static int starts(Job job) {
        return count(job, ProcessingState.class);
    }

    private static int count(Job job, Class<? extends JobState> state) {
        return (int) of(job).stream().filter(state::isInstance).count();
    }

    static List<JobState> of(Job job) {
        var history = job.getJobStates();
        for (int i = history.size() - 1; i > 0; i--) {
            if (history.get(i).getName() == StateName.ENQUEUED && isEnd(history.get(i - 1))) {
                return history.subList(i, history.size());
            }
        }
        return history;
    }

    private static boolean isEnd(JobState state) {
        return switch (state.getName()) {
            case SUCCEEDED, DELETED -> true;
            case FAILED -> !isRescue((FailedState) state);
            default -> false;
        };
    }

    private static boolean isRescue(FailedState failed) {
        return WORKER_CRASHED.equals(failed.getExceptionType()) && !failed.mustNotRetry();
    }
}
