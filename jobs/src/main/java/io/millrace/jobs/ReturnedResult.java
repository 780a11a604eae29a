package io.millrace.jobs;

import java.util.UUID;

import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.states.StateName;
import org.jspecify.annotations.Nullable;

/**
 * What the handler of the job under way on this thread returned, from there until the same thread saves the job. JobRunr
 * runs a job and saves its completion on one thread, and gives each job a thread of its own.
 */
final class ReturnedResult {

    private static final ThreadLocal<@Nullable ReturnedResult> OF_THIS_THREAD = new ThreadLocal<>();

    private final UUID jobId;
    private final NewResult result;

    private ReturnedResult(UUID jobId, NewResult result) {
        this.jobId = jobId;
        this.result = result;
    }

    static void hand(UUID jobId, NewResult result) {
        OF_THIS_THREAD.set(new ReturnedResult(jobId, result));
    }

    /** Null unless {@code job} is about to be saved as succeeded with a result; the same again where that is tried again. */
    static @Nullable NewResult of(Job job) {
        var returned = OF_THIS_THREAD.get();
        if (returned == null || !returned.jobId.equals(job.getId()) || !job.hasState(StateName.SUCCEEDED)) {
            return null;
        }
        return returned.result;
    }
}
