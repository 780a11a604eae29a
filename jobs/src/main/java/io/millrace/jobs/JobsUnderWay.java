package io.millrace.jobs;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import org.jobrunr.jobs.Job;
import org.jobrunr.server.JobSteward;
import org.jspecify.annotations.Nullable;

/**
 * The jobs that a server runs just now. JobRunr's own steward looks through all of them at the start of each, and fetches
 * at the end of each; here one is found by its id, and fetches are left to {@link Intake}.
 */
final class JobsUnderWay extends JobSteward {

    private final JobServer server;
    private final WorkerSlots slots;
    private final Map<UUID, UnderWay> byId = new ConcurrentHashMap<>();

    JobsUnderWay(JobServer server, WorkerSlots slots) {
        super(server);
        this.server = server;
        this.slots = slots;
    }

    /** A job that is taken again while it still runs here was rescued as lost: the first run must not go on. */
    @Override
    public void startProcessing(Job job, Thread thread) {
        var replaced = byId.put(job.getId(), new UnderWay(job, thread));
        if (replaced != null) {
            replaced.job.delete("Job has been replaced");
            replaced.thread.interrupt();
        }
    }

    @Override
    public void stopProcessing(Job job) {
        byId.computeIfPresent(job.getId(), (_, underWay) -> underWay.isOf(job) ? null : underWay);
    }

    @Override
    public Set<Job> getJobsInProgress() {
        return byId.values().stream().map(UnderWay::job).collect(Collectors.toSet());
    }

    @Override
    public @Nullable Thread getThreadProcessingJob(Job job) {
        var underWay = byId.get(job.getId());
        return underWay != null && underWay.isOf(job) ? underWay.thread : null;
    }

    /** The slot was taken when the job was handed over. */
    @Override
    public void notifyThreadOccupied() {
    }

    /** At the end of each job. */
    @Override
    public void notifyThreadIdle() {
        slots.release();
        server.lookForWork();
    }

    @Override
    public int getOccupiedWorkerCount() {
        return slots.slots().taken();
    }

    /** At each poll. */
    @Override
    public void run() {
        server.lookForWork();
        super.run();
    }

    private record UnderWay(Job job, Thread thread) {

        private boolean isOf(Job other) {
            return job.equals(other);
        }
    }
}
