package io.millrace.jobs;

import java.util.List;

import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.states.FailedState;
import org.jobrunr.jobs.states.JobState;
import org.jobrunr.jobs.states.StateName;

/**
 * The part of a job's history that counts: what came after it was last put back, by {@link JobQueue#retry} or in the
 * dashboard. Such a job went straight from its end to ENQUEUED, which a retry never does: that is SCHEDULED between.
 */
final class SincePutBack {

    private SincePutBack() {
    }

    static List<JobState> of(Job job) {
        var history = job.getJobStates();
        for (int i = history.size() - 1; i > 0; i--) {
            if (begins(history, i)) {
                return history.subList(i, history.size());
            }
        }
        return history;
    }

    /** Whether it was put back at this place of its history. */
    static boolean begins(List<JobState> history, int place) {
        return place > 0 && history.get(place).getName() == StateName.ENQUEUED && isEnd(history.get(place - 1));
    }

    private static boolean isEnd(JobState state) {
        return switch (state.getName()) {
            case SUCCEEDED, DELETED -> true;
            case FAILED -> !WorkerCrashed.is(state) || ((FailedState) state).mustNotRetry();
            default -> false;
        };
    }
}
