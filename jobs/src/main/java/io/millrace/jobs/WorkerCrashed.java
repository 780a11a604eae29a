package io.millrace.jobs;

import org.jobrunr.JobRunrException;
import org.jobrunr.jobs.states.FailedState;
import org.jobrunr.jobs.states.JobState;

/**
 * Why a run ended that nobody ended: its worker died, or was out of reach for too long. Never thrown; its name is part of the
 * stored format.
 */
final class WorkerCrashed extends JobRunrException {

    private static final long serialVersionUID = 1;

    WorkerCrashed(String message) {
        super(message);
    }

    static boolean is(JobState state) {
        return state instanceof FailedState failed && WorkerCrashed.class.getName().equals(failed.getExceptionType());
    }
}
