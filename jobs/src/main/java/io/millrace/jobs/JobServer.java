package io.millrace.jobs;

import java.time.Duration;
import java.util.List;
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
     * A job that was fetched before the server began to stop goes back into the queue; JobRunr would leave it until it
     * counts as orphaned, with an attempt used.
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
                slots().take(Envelope.queueOf(job));
                handOver(job, atEnd);
            }
        } finally {
            handingOver.readLock().unlock();
        }
    }

    private void handOver(Job job, Runnable atEnd) {
        Envelope.of(job).ifPresentOrElse(
                enqueued -> policy().run(enqueued.queue(), atEnd, new JobAttempt(this, runner.get(), job, enqueued)),
                () -> WorkerSlots.handOver(Envelope.queueOf(job), atEnd, () -> super.processJob(job)));
    }

    /** Lets a job that it runs wait until its handler can go on. Returns after the commit. */
    void putOff(Job job, TryAgainLater wish) {
        store.save(PostponedJob.of(job, store.clock().instant(), wish));
    }

    /** The same on the caller's thread, for a server that is not started; returns when the attempt is over. */
    void processHere(Job job) {
        Runnable attempt = Envelope.of(job).<Runnable>map(
                enqueued -> new JobAttempt(this, runner.get(), job, enqueued))
                .orElseGet(() -> new BackgroundJobPerformer(this, job));
        slots().take(Envelope.queueOf(job));
        policy().runHere(Envelope.queueOf(job), store.freedKeys().atEndOf(job.getId(), stopping::get), attempt);
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
     * @return false if it is too early for that
     */
    private boolean fetch() {
        handingOver.readLock().lock();
        try {
            if (stopping.get()) {
                return true;
            }
            if (!isAnnounced()) {
                return false;
            }
            try (var claim = slots().claim()) {
                int most = slots().mostAtOnce();
                var taken = most == 0 ? List.<Job>of() : store.take(this, most, claim);
                taken.forEach(job -> handOver(job, claim));
                if (!taken.isEmpty() && taken.size() == most) {
                    lookForWork();
                }
            }
            return true;
        } finally {
            handingOver.readLock().unlock();
        }
    }

    private void handOver(Job job, Slots.Claim claim) {
        claim.hand(Envelope.queueOf(job));
        handOver(job, store.freedKeys().atEndOf(job.getId(), stopping::get));
    }

    Slots slots() {
        return policy().slots();
    }

    private WorkerSlots policy() {
        return (WorkerSlots) getConfiguration().getBackgroundJobServerWorkerPolicy();
    }

    /** Called by the constructor of JobRunr's server, before this object has fields. */
    @Override
    protected JobSteward createJobSteward() {
        return new JobsUnderWay(this, policy());
    }
}
