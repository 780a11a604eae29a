package io.millrace.jobs;

import java.util.concurrent.atomic.AtomicReference;

import org.jobrunr.jobs.Job;
import org.jspecify.annotations.Nullable;

/**
 * One run of a job in this process, from the moment it is taken. It has one fate: either it ends, or it is taken away from
 * the thread that runs it. Whoever decides that first saves what becomes of the job and frees its slot; the other does neither.
 */
final class Attempt {

    /** Why a run was told to stop. What becomes of it follows from this, never from the exception that its handler threw. */
    enum Told {
        CANCELLED, STOPPING, OUT_OF_TIME,
        /** The job was given to another run. */
        REPLACED
    }

    private enum Fate {
        RUNNING, ENDED, TAKEN_AWAY
    }

    private final Job job;
    private final boolean suspect;
    private final int takenAs;
    private final long takenAt = System.nanoTime();
    private final AtomicReference<Fate> fate = new AtomicReference<>(Fate.RUNNING);
    private volatile boolean handedOver;
    private boolean handlerIsCalled;
    private volatile @Nullable Told told;
    /** While its handler runs. */
    private volatile @Nullable Thread thread;
    private volatile long lookedAt = takenAt;
    private volatile long heardOf = takenAt;
    private TimeLimit limit = TimeLimit.NONE;
    private Runnable ifGivenUp = () -> {
    };
    private boolean isTimed;
    private long timedSince;
    private long toldAt;

    Attempt(Job job) {
        this.job = job;
        this.suspect = CrashedJob.isSuspect(job);
        this.takenAs = job.getVersion();
    }

    Job job() {
        return job;
    }

    boolean isOf(Job other) {
        return job.equals(other);
    }

    /** Whether it was taken before its job was of this version. */
    boolean isOlderThan(int version) {
        return takenAs < version;
    }

    /** Whether it may be what kills workers. */
    boolean isSuspect() {
        return suspect;
    }

    /** That the transaction which took it has committed. */
    void handOver() {
        handedOver = true;
    }

    /** Whether its row must be that of a running job of this worker since then, by System.nanoTime. */
    boolean isUnderWaySince(long nanos) {
        return handedOver && takenAt - nanos <= 0 && isRunning();
    }

    /** Whether it was taken before a time of System.nanoTime. */
    boolean isTakenBefore(long nanos) {
        return takenAt - nanos < 0;
    }

    /** When its row was looked at last, by System.nanoTime. */
    long lookedAt() {
        return lookedAt;
    }

    void isLookedAt() {
        lookedAt = System.nanoTime();
    }

    /** That its handler said how far it is. */
    void isHeardOf() {
        heardOf = System.nanoTime();
    }

    /** When it was taken or was heard of last, by System.nanoTime. */
    long heardOf() {
        return heardOf;
    }

    boolean isRunning() {
        return fate.get() == Fate.RUNNING;
    }

    /** {@link #begin(Thread, TimeLimit, Runnable) Begins} without a limit. */
    boolean begin(Thread its) {
        return begin(its, TimeLimit.NONE, ifGivenUp);
    }

    /**
     * Begins on this thread, which is interrupted when it is told to stop.
     *
     * @param most
     *            how long its handler may run
     * @param givenUp
     *            to be run if {@link #giveUp} takes it away
     * @return false if it was told before
     */
    synchronized boolean begin(Thread its, TimeLimit most, Runnable givenUp) {
        if (told != null) {
            return false;
        }
        limit = most;
        ifGivenUp = givenUp;
        thread = its;
        return true;
    }

    /** By its own thread, before it calls the handler; false if it was told to stop before. */
    synchronized boolean mayCallHandler() {
        handlerIsCalled = told == null;
        return handlerIsCalled;
    }

    /** By its own thread, when all is ready for the handler: its time counts from here. */
    synchronized void handlerBegins() {
        isTimed = true;
        timedSince = System.nanoTime();
    }

    /** Its handler has returned, or thrown: no interrupt reaches its thread after this. */
    synchronized void handlerIsDone() {
        thread = null;
    }

    /**
     * Tells it to stop, unless its fate is decided or it was told already. The first reason stands.
     *
     * @return whether it was told this
     */
    synchronized boolean tell(Told reason) {
        if (told != null || !isRunning()) {
            return false;
        }
        told = reason;
        toldAt = System.nanoTime();
        interrupt();
        return true;
    }

    /** The same, unless its handler was called already: then it may end by itself. */
    synchronized void tellUnlessBegun(Told reason) {
        if (!handlerIsCalled) {
            tell(reason);
        }
    }

    @Nullable
    Told told() {
        return told;
    }

    /**
     * Whether its row is no longer its own, so that there is nothing to save. Of one whose worker stops, or whose time is up, what
     * its handler has done all the same counts.
     */
    boolean hasLostItsJob() {
        return told == Told.CANCELLED || told == Told.REPLACED;
    }

    @Nullable
    Thread thread() {
        return thread;
    }

    /** By its own thread, which may ask again. */
    boolean end() {
        return fate.compareAndSet(Fate.RUNNING, Fate.ENDED) || fate.get() == Fate.ENDED;
    }

    /**
     * Whether its handler has run for longer than it may, by System.nanoTime, and was not told to stop. What comes before it, as a
     * wait for the database, is not its time.
     */
    synchronized boolean isOverdue(long now) {
        return thread != null && isTimed && told == null && limit.isOverAfter(now - timedSince);
    }

    /** Whether its handler goes on although it was told to stop, for longer than it may, by System.nanoTime. */
    synchronized boolean ignoresWhatItWasTold(long now) {
        return thread != null && told != null && limit.graceIsOverAfter(now - toldAt);
    }

    /**
     * Takes it away from a handler that does not stop.
     *
     * @return false if its fate is decided
     */
    boolean giveUp() {
        boolean mine = takeAway();
        if (mine) {
            ifGivenUp.run();
        }
        return mine;
    }

    /** By another thread, if its own does not come back. */
    boolean takeAway() {
        return fate.compareAndSet(Fate.RUNNING, Fate.TAKEN_AWAY);
    }

    boolean isTakenAway() {
        return fate.get() == Fate.TAKEN_AWAY;
    }

    /**
     * For what its handler wants to keep: its job is about to be another run's, if its row does not say so already.
     *
     * @throws JobLost
     *             if it was taken away
     */
    void refuseIfTakenAway() {
        if (isTakenAway()) {
            throw new JobLost(job.getId(), told == Told.CANCELLED ? Told.CANCELLED : Told.REPLACED);
        }
    }

    /** Has its handler know that it runs for nobody any more. */
    synchronized void interrupt() {
        if (thread != null) {
            thread.interrupt();
        }
    }
}
