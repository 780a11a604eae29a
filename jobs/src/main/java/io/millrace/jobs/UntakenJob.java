package io.millrace.jobs;

import java.util.ArrayList;
import java.util.concurrent.ConcurrentHashMap;

import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.states.StateName;

/** A job as it was before a server took it, of one that was taken and never started. */
final class UntakenJob {

    private UntakenJob() {
    }

    /**
     * The same job without its last state: in its old place in the queue, and with no attempt used.
     *
     * @throws IllegalArgumentException
     *             if it is not being processed
     */
    static Job of(Job taken) {
        if (!taken.hasState(StateName.PROCESSING)) {
            throw new IllegalArgumentException("job " + taken.getId() + " is " + taken.getState() + ", nobody took it");
        }
        var history = new ArrayList<>(taken.getJobStates());
        history.removeLast();
        var job = new Job(taken.getId(), taken.getVersion(), taken.getJobDetails(), history,
                new ConcurrentHashMap<>(taken.getMetadata()));
        job.setJobName(taken.getJobName());
        job.setAmountOfRetries(taken.getAmountOfRetries());
        job.setLabels(taken.getLabels());
        taken.getRecurringJobId().ifPresent(job::setRecurringJobId);
        return job;
    }
}
