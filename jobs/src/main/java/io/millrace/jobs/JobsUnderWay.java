package io.millrace.jobs;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jobrunr.jobs.Job;
import org.jobrunr.server.JobSteward;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jobs that a server has taken and not yet saved the end of. JobRunr's own steward looks through all of them at the start
 * of each, and fetches at the end of each; here one is found by its id, and fetches are left to {@link Intake}.
 */
final class JobsUnderWay extends JobSteward {

    private static final Logger LOG = LoggerFactory.getLogger(JobsUnderWay.class);

    private final JobServer server;
    private final WorkerSlots slots;
    private final Map<UUID, Attempt> byId = new ConcurrentHashMap<>();
    /** Of jobs that were taken again meanwhile. They hold their slots until they end or are given up. */
    private final Set<Attempt> replaced = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable Attempt> suspect = new AtomicReference<>();
    private volatile long lastHandOver = System.nanoTime();

    JobsUnderWay(JobServer server, WorkerSlots slots) {
        super(server);
        this.server = server;
        this.slots = slots;
    }

    /** A job that is taken again while it still runs here was rescued as lost: the first run must not go on. */
    void expect(List<Job> taken) {
        taken.forEach(job -> {
            var before = put(new Attempt(job));
            if (before != null) {
                before.tell(Attempt.Told.REPLACED);
            }
        });
    }

    /** Returns the one whose place it takes. At every moment that one is found in one of the two places, until it is done. */
    private @Nullable Attempt put(Attempt attempt) {
        var before = new AtomicReference<@Nullable Attempt>();
        byId.compute(attempt.job().getId(), (_, its) -> {
            if (its != null) {
                replaced.add(its);
                before.set(its);
            }
            return attempt;
        });
        return before.get();
    }

    /** Those that were not taken after all. */
    void forget(List<Job> notTaken) {
        notTaken.forEach(job -> byId.computeIfPresent(job.getId(),
                (_, attempt) -> attempt.isOf(job) ? null : attempt));
        replaced.removeIf(attempt -> notTaken.stream().anyMatch(attempt::isOf));
    }

    /** Of a job that is handed over to its thread. */
    Attempt handOver(Job job) {
        var attempt = of(job);
        if (attempt == null) {
            attempt = new Attempt(job);
            put(attempt);
        }
        attempt.handOver();
        return attempt;
    }

    /** One was given to a thread, or back into the queue as it may not run now: whatever its kind, somebody looks and takes. */
    void wasHandedOver() {
        lastHandOver = System.nanoTime();
    }

    /** When that was last, by System.nanoTime; before the first, since when this is there. */
    long lastHandOver() {
        return lastHandOver;
    }

    /** Whether it may begin: of the jobs that may kill this process one at a time. */
    boolean mayBegin(Attempt attempt) {
        return !attempt.isSuspect() || suspect.compareAndSet(null, attempt);
    }

    /** That its row says what has become of it. */
    void done(Attempt attempt) {
        byId.remove(attempt.job().getId(), attempt);
        replaced.remove(attempt);
        if (attempt.isSuspect()) {
            suspect.compareAndSet(attempt, null);
        }
    }

    /** The run of a job that somebody has deleted; one that was put back and taken again since runs on. */
    void stop(StopOrder order) {
        var attempt = byId.get(order.job());
        if (attempt != null && attempt.isOlderThan(order.version()) && attempt.tell(Attempt.Told.CANCELLED)) {
            LOG.info("job {} was cancelled while it ran here; its run is told to stop", order.job());
        }
    }

    /** One of each job. */
    Collection<Attempt> attempts() {
        return byId.values();
    }

    /** Those as well whose job was taken again since, and which have not ended. */
    Stream<Attempt> withReplaced() {
        return Stream.concat(byId.values().stream(), replaced.stream());
    }

    boolean has(UUID job) {
        return byId.containsKey(job);
    }

    private @Nullable Attempt of(Job job) {
        var attempt = byId.get(job.getId());
        return attempt != null && attempt.isOf(job) ? attempt : null;
    }

    /** By JobRunr's performer, for its own jobs. */
    @Override
    public void startProcessing(Job job, Thread thread) {
        if (!handOver(job).begin(thread)) {
            thread.interrupt();
        }
    }

    @Override
    public void stopProcessing(Job job) {
        var attempt = of(job);
        if (attempt != null) {
            attempt.handlerIsDone();
        }
    }

    /**
     * JobRunr's own jobs that have progress or a log: it writes the whole rows of all that are in here, at each of its
     * heartbeats. That a job is alive, its worker's {@link Heartbeat} says.
     */
    @Override
    public Set<Job> getJobsInProgress() {
        return byId.values().stream().filter(Attempt::isRunning).map(Attempt::job)
                .filter(job -> Envelope.of(job).isEmpty() && !job.getMetadata().isEmpty())
                .collect(Collectors.toSet());
    }

    @Override
    public @Nullable Thread getThreadProcessingJob(Job job) {
        var attempt = of(job);
        return attempt == null ? null : attempt.thread();
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
}
