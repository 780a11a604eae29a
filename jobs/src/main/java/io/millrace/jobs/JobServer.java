package io.millrace.jobs;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

import org.jobrunr.jobs.Job;
import org.jobrunr.server.BackgroundJobPerformer;
import org.jobrunr.server.BackgroundJobServer;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.server.JobActivator;
import org.jobrunr.server.JobSteward;
import org.jobrunr.utils.mapper.JsonMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.function.SingletonSupplier;

/**
 * JobRunr's server, started once and stopped once. JobRunr stops a server that others took for dead and starts it again, on
 * a thread of its own; the supervisor has replaced it by then, and two servers in one process would take twice the jobs.
 */
final class JobServer extends BackgroundJobServer {

    private static final Logger LOG = LoggerFactory.getLogger(JobServer.class);

    private final JobStore store;
    /** Looked up once, not for each job. */
    private final Supplier<JobRunner> runner;
    private final Intake intake;
    private final ReadWriteLock handingOver = new ReentrantReadWriteLock();
    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final CountDownLatch stopped = new CountDownLatch(1);

    /** Its worker policy must be {@link WorkerSlots}. */
    JobServer(JobStore store, JsonMapper json, JobActivator activator, BackgroundJobServerConfiguration configuration) {
        super(store, json, activator, configuration);
        this.store = store;
        this.runner = SingletonSupplier.of(() -> activator.activateJob(JobRunner.class));
        this.intake = new Intake(slots(), this::fetch);
    }

    @Override
    public void start(boolean guard) {
        if (started.compareAndSet(false, true)) {
            super.start(guard);
            intake.start();
        }
    }

    /** Returns when its jobs have ended or were interrupted, also where another thread has begun to stop it. */
    @Override
    public void stop() {
        if (beginsToStop()) {
            try {
                intake.stop();
                super.stop();
            } finally {
                stopped.countDown();
            }
            return;
        }
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean beginsToStop() {
        handingOver.writeLock().lock();
        try {
            return stopping.compareAndSet(false, true);
        } finally {
            handingOver.writeLock().unlock();
        }
    }

    /**
     * A job that JobRunr's poll fetched while the server began to stop goes back into the queue; JobRunr would leave it until
     * it counts as orphaned, with an attempt used.
     */
    @Override
    public void processJob(Job job) {
        handingOver.readLock().lock();
        try {
            var atEnd = store.freedKeys().atEndOf(job.getId(), stopping::get);
            if (stopping.get()) {
                LOG.debug("job {} goes back into the queue: this worker stops", job.getId());
                store.save(UntakenJob.of(job));
                atEnd.run();
            } else {
                Envelope.of(job).ifPresentOrElse(
                        enqueued -> slots().run(enqueued.queue(), atEnd,
                                new JobAttempt(this, runner.get(), job, enqueued)),
                        () -> WorkerSlots.handOver(Envelope.queueOf(job), atEnd, () -> super.processJob(job)));
            }
        } finally {
            handingOver.readLock().unlock();
        }
    }

    /** The same on the caller's thread, for a server that is not started; returns when the attempt is over. */
    void processHere(Job job) {
        Runnable attempt = Envelope.of(job).<Runnable>map(
                enqueued -> new JobAttempt(this, runner.get(), job, enqueued))
                .orElseGet(() -> new BackgroundJobPerformer(this, job));
        slots().runHere(Envelope.queueOf(job), store.freedKeys().atEndOf(job.getId(), stopping::get), attempt);
    }

    /** Fetches jobs for the free slots soon, instead of at the next poll. Returns at once. */
    void lookForWork() {
        intake.wish();
    }

    /** The same after a time, for what may not start before. Returns at once. */
    void lookForWorkIn(Duration time) {
        intake.wishIn(time);
    }

    /**
     * A stop waits until what was fetched is handed over.
     *
     * @return false if JobRunr's own fetch was under way: it drops one that meets another
     */
    private boolean fetch() {
        handingOver.readLock().lock();
        try {
            if (stopping.get()) {
                return true;
            }
            long before = store.looks();
            if (isAnnounced()) {
                ((JobsUnderWay) getJobSteward()).lookForWork();
            }
            return store.looks() > before;
        } finally {
            handingOver.readLock().unlock();
        }
    }

    /** How many more jobs of a queue it may run. */
    int free(String queue) {
        return slots().free(queue);
    }

    private WorkerSlots slots() {
        return (WorkerSlots) getConfiguration().getBackgroundJobServerWorkerPolicy();
    }

    /** Called by the constructor of JobRunr's server, before this object has fields. */
    @Override
    protected JobSteward createJobSteward() {
        return new JobsUnderWay(this, slots());
    }
}
