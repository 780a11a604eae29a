package io.millrace.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.states.JobState;
import org.jobrunr.jobs.states.ScheduledState;
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
        return withHistory(taken, historyOf(taken));
    }

    /**
     * That of a job which is being processed, without its last state.
     *
     * @throws IllegalArgumentException
     *             if it is not being processed
     */
    private static List<JobState> historyOf(Job taken) {
        if (!taken.hasState(StateName.PROCESSING)) {
            throw new IllegalArgumentException("job " + taken.getId() + " is " + taken.getState() + ", nobody took it");
        }
        var history = new ArrayList<>(taken.getJobStates());
        history.removeLast();
        return history;
    }

    /**
     * The same, also without the wait before it if that was for the same reason, so that it does not grow however often a job
     * waits for it.
     *
     * @param reason
     *            what the reason of such a wait begins with
     * @throws IllegalArgumentException
     *             if it is not being processed
     */
    static List<JobState> historyWithoutWait(Job taken, String reason) {
        var history = historyOf(taken);
        int before = history.size() - 2;
        if (before > 0 && history.getLast().getName() == StateName.ENQUEUED
                && history.get(before) instanceof ScheduledState wait && wait.getReason() != null
                && wait.getReason().startsWith(reason)) {
            history.subList(before, history.size()).clear();
        }
        return history;
    }

    /** The same job at the same version, with another history. */
    static Job withHistory(Job same, List<JobState> history) {
        return copy(same, same.getVersion(), history);
    }

    /** The same job with the same history, at another version. */
    static Job copy(Job same, int version) {
        return copy(same, version, new ArrayList<>(same.getJobStates()));
    }

    private static Job copy(Job same, int version, List<JobState> history) {
        var job = new Job(same.getId(), version, same.getJobDetails(), history,
                new ConcurrentHashMap<>(same.getMetadata()));
        job.setJobName(same.getJobName());
        job.setAmountOfRetries(same.getAmountOfRetries());
        job.setLabels(same.getLabels());
        same.getRecurringJobId().ifPresent(job::setRecurringJobId);
        return job;
    }
}
