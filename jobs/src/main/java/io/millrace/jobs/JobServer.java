package io.millrace.jobs;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.random.RandomGenerator;

import org.jobrunr.jobs.Job;
import org.jobrunr.server.BackgroundJobServer;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.server.JobActivator;
import org.jobrunr.server.JobSteward;
import org.jobrunr.server.concurrent.ConcurrentJobModificationResolver;
import org.jobrunr.utils.mapper.JsonMapper;
import org.springframework.util.function.SingletonSupplier;

/**
 * JobRunr's server, started once and stopped once. JobRunr stops a server that others took for dead and starts it again, on
 * a thread of its own; the supervisor has replaced it by then, and two servers in one process would take twice the jobs.
 */
final class JobServer extends BackgroundJobServer {

    /** A worker of an earlier version says with each poll that its jobs live, and may poll less often than this one. */
    private static final int POLLS_OF_OTHERS = 12;
    private static final Duration BEFORE_ASKING_AGAIN = Duration.ofMillis(200);

    private final JobStore store;
    private final StartAttempts attempts;
    private final Intake intake;
    private final Heartbeat heartbeat;
    private final OwnJobs own;
    private final WatchJobs watch;
    private final FinishJobs finish;
    private final TimeLimits limits;
    private final ReadWriteLock handingOver = new ReentrantReadWriteLock();
    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicBoolean stops = new AtomicBoolean();
    private volatile boolean takesNoMore;
    private final CountDownLatch stopped = new CountDownLatch(1);

    /** Its worker policy must be {@link WorkerSlots}. */
    JobServer(JobStore store, JsonMapper json, JobActivator activator, BackgroundJobServerConfiguration configuration,
            WorkerTables tables) {
        super(store, json, activator, configuration);
        this.store = store;
        var runner = SingletonSupplier.of(() -> activator.activateJob(JobRunner.class));
        this.attempts = new StartAttempts(this, store, tables.wakeUp().events(), runner, super::processJob);
        this.intake = new Intake(slots(), this::fetch);
        this.heartbeat = new Heartbeat(tables, getId(), getConfiguration().getName(), this::resume);
        var unheardOf = getConfiguration().getPollInterval().multipliedBy(POLLS_OF_OTHERS);
        this.limits = new TimeLimits(underWay(), tables.wakeUp().events());
        this.own = new OwnJobs(tables, store, underWay(), getId());
        this.finish = new FinishJobs(underWay(), own,
                getConfiguration().getInterruptJobsAwaitDurationOnStopBackgroundJobServer());
        this.watch = new WatchJobs(heartbeat, own,
                new RescueJobs(tables, store, getId(), unheardOf, RandomGenerator.getDefault()));
    }

    @Override
    public void start(boolean guard) {
        if (started.compareAndSet(false, true)) {
            heartbeat.start();
            watch.start();
            try {
                super.start(guard);
            } catch (RuntimeException | Error e) {
                watch.close();
                heartbeat.end(true);
                throw e;
            }
            limits.start();
            intake.start();
        }
    }

    /** Begins no job after this, whatever it has fetched by then. Returns at once. */
    void takeNoMore() {
        takesNoMore = true;
        intake.stop();
        finish.beginNone();
    }

    /** Returns when its jobs have ended or were put back, also where another thread has begun to stop it. */
    @Override
    public void stop() {
        takeNoMore();
        if (stops.compareAndSet(false, true)) {
            boolean leavesNone = false;
            try {
                leavesNone = finish.inTime(handingOver.writeLock());
                super.stop();
            } finally {
                limits.close();
                watch.close();
                heartbeat.end(leavesNone);
                stopped.countDown();
            }
        } else {
            try {
                stopped.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** One that was fetched before the server began to stop goes back into the queue; JobRunr would leave it as it is. */
    @Override
    public void processJob(Job job) {
        handingOver.readLock().lock();
        try {
            slots().take(Envelope.queueOf(job));
            attempts.handOver(job);
        } finally {
            handingOver.readLock().unlock();
        }
    }

    /** Whether its heartbeats come through: the database is there, and takes writes. */
    boolean isHeard() {
        return heartbeat.isFresh();
    }

    /** The same on the caller's thread, for a server that is not started; returns when the attempt is over. */
    void processHere(Job job) {
        attempts.runHere(job);
    }

    /** Fetches jobs for the free slots soon, instead of at the next poll. Returns at once. */
    void lookForWork() {
        intake.wish();
    }

    /** The same after a time, for what may not start before. Returns at once. */
    void lookForWorkIn(Duration time) {
        intake.wishIn(time);
    }

    /** A stop waits until what was fetched is handed over. Returns false if it is too early for that. */
    private boolean fetch() {
        handingOver.readLock().lock();
        try {
            if (takesNoMore || !heartbeat.isFresh()) {
                // It comes back to this with its next heartbeat.
                return true;
            }
            if (!isAnnounced()) {
                return false;
            }
            try (var claim = slots().claim()) {
                int most = slots().mostAtOnce();
                var taken = most == 0 ? List.<Job>of() : store.take(this, most, claim);
                taken.forEach(job -> {
                    claim.hand(Envelope.queueOf(job));
                    attempts.handOver(job);
                });
                if (!taken.isEmpty() && taken.size() == most) {
                    lookForWork();
                }
            }
            return true;
        } finally {
            handingOver.readLock().unlock();
        }
    }

    /** No polls while the database is away: JobRunr counts what they meet, and stops for good. */
    @Override
    public boolean isNotReadyToProcessJobs() {
        return !heartbeat.isFresh() || super.isNotReadyToProcessJobs();
    }

    /** After a time without a heartbeat, and at the start. */
    private void resume() {
        lookAfterItsJobs();
        lookForWork();
    }

    /** Looks soon which of its jobs are others' by now, and which nobody runs. */
    void lookAfterItsJobs() {
        watch.lookAtItsOwn();
    }

    /**
     * Returns as soon as nobody can have taken this server for dead, or as the job's row says that it is still its own; false if
     * it has stopped before, or the job is another's. Nobody knows of a server that was not started.
     */
    boolean mayBegin(Attempt attempt) throws InterruptedException {
        if (!started.get()) {
            return true;
        }
        while (heartbeat.awaitFresh()) {
            if (!attempt.isTakenBefore(heartbeat.freshSince())) {
                return true;
            }
            try {
                own.tellIfReplaced(attempt);
                return attempt.told() == null;
            } catch (RuntimeException e) {
                pauseUnlessStopped(BEFORE_ASKING_AGAIN);
            }
        }
        return false;
    }

    /** An interrupt, as well, once it has stopped. */
    void pauseUnlessStopped(Duration time) throws InterruptedException {
        if (stopped.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new InterruptedException("the server has stopped");
        }
    }

    /** That the transaction that takes them did not commit, or nobody knows whether it did. */
    void forget(List<Job> notTaken) {
        underWay().forget(notTaken);
        lookAfterItsJobs();
    }

    boolean isToldToStop() {
        return takesNoMore;
    }

    JobsUnderWay underWay() {
        return (JobsUnderWay) getJobSteward();
    }

    Slots slots() {
        return policy().slots();
    }

    WorkerSlots policy() {
        return (WorkerSlots) getConfiguration().getBackgroundJobServerWorkerPolicy();
    }

    /** Called by the constructor of JobRunr's server, before this object has fields. */
    @Override
    protected JobSteward createJobSteward() {
        return new JobsUnderWay(this, policy());
    }

    /** JobRunr saves progress of its own jobs, and meets a row that is another's by now: {@link OwnJobs} tells why. */
    @Override
    protected ConcurrentJobModificationResolver createConcurrentJobModificationResolver() {
        return _ -> lookAfterItsJobs();
    }
}
