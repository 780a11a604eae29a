package io.millrace.jobs;

import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.states.FailedState;
import org.jobrunr.jobs.states.StateName;

/**
 * How often a job was tried since it was last put back by hand, by its history. A run that ended because its worker died counts as a crash and costs no
 * attempt: the next run is the same attempt again.
 *
 * @param number
 *            of the current or last attempt; 0 before the first
 * @param failures
 *            how many attempts have failed
 * @param crashes
 *            how many runs their workers did not survive
 */
record Attempts(int number, int failures, int crashes) {

    /** How many runs its history has, those of before it was put back as well. */
    static int runsOf(Job job) {
        int runs = 0;
        for (var state : job.getJobStates()) {
            runs += state.getName() == StateName.PROCESSING ? 1 : 0;
        }
        return runs;
    }

    static Attempts of(Job job) {
        int number = 0;
        int failures = 0;
        int crashes = 0;
        boolean sameAgain = false;
        for (var state : SincePutBack.of(job)) {
            if (state.getName() == StateName.PROCESSING) {
                number += sameAgain ? 0 : 1;
                sameAgain = false;
            } else if (WorkerCrashed.is(state)) {
                crashes++;
                sameAgain = true;
            } else if (state instanceof FailedState) {
                failures++;
            }
        }
        return new Attempts(number, failures, crashes);
    }
}
