package io.millrace.jobs;

import java.util.List;

import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.states.FailedState;
import org.jobrunr.jobs.states.JobState;
import org.jobrunr.jobs.states.StateName;

/**
 * How often a job was tried, by its history. A run that ended because its worker died counts as a crash and costs no
 * attempt: the next run is the same attempt again.
 *
 * @param number
 *            of the current or last attempt; 0 before the first
 * @param failures
 *            how many attempts have failed
 * @param crashes
 *            since the job was put back by hand, or has ended, last
 */
record Attempts(int number, int failures, int crashes) {

    static Attempts of(Job job) {
        int number = 0;
        int failures = 0;
        int crashes = 0;
        boolean sameAgain = false;
        var history = job.getJobStates();
        for (int i = 0; i < history.size(); i++) {
            if (history.get(i).getName() == StateName.PROCESSING) {
                number += sameAgain ? 0 : 1;
                sameAgain = false;
            } else if (WorkerCrashed.is(history.get(i))) {
                crashes++;
                sameAgain = true;
            } else if (history.get(i) instanceof FailedState) {
                failures++;
            }
            if (endsCount(history, i)) {
                crashes = 0;
            }
        }
        return new Attempts(number, failures, crashes);
    }

    /** Where it went on from here, somebody has put it back: the engine itself leaves none of these by ENQUEUED. */
    private static boolean endsCount(List<JobState> history, int i) {
        boolean enqueued = i + 1 < history.size() && history.get(i + 1).getName() == StateName.ENQUEUED;
        return switch (history.get(i).getName()) {
            case SUCCEEDED, DELETED -> true;
            case FAILED -> enqueued
                    && (!WorkerCrashed.is(history.get(i)) || ((FailedState) history.get(i)).mustNotRetry());
            default -> false;
        };
    }
}
