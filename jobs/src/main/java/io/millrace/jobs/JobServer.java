package io.millrace.jobs;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jobrunr.server.BackgroundJobServer;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.server.JobActivator;
import org.jobrunr.server.JobSteward;
import org.jobrunr.utils.mapper.JsonMapper;

/**
 * JobRunr's server, started once and stopped once. JobRunr stops a server that others took for dead and starts it again, on
 * a thread of its own; the supervisor has replaced it by then, and two servers in one process would take twice the jobs.
 */
final class JobServer extends BackgroundJobServer {

    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final CountDownLatch stopped = new CountDownLatch(1);

    /** Its worker policy must be {@link WorkerSlots}. */
    JobServer(JobStore store, JsonMapper json, JobActivator activator, BackgroundJobServerConfiguration configuration) {
        super(store, json, activator, configuration);
    }

    @Override
    public void start(boolean guard) {
        if (started.compareAndSet(false, true)) {
            super.start(guard);
        }
    }

    /** Returns when its jobs have ended or were interrupted, also where another thread has begun to stop it. */
    @Override
    public void stop() {
        if (stopping.compareAndSet(false, true)) {
            try {
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

    /** Fetches jobs for the free slots now, instead of at the next poll. */
    void lookForWork() {
        if (isAnnounced()) {
            ((Steward) getJobSteward()).lookForWork();
        }
    }

    /** Called by the constructor of JobRunr's server, before this object has fields. */
    @Override
    protected JobSteward createJobSteward() {
        return new Steward(this, (WorkerSlots) getConfiguration().getBackgroundJobServerWorkerPolicy());
    }

    private static final class Steward extends JobSteward {

        private final WorkerSlots slots;

        Steward(BackgroundJobServer server, WorkerSlots slots) {
            super(server);
            this.slots = slots;
        }

        /** The slot was taken when the job was handed over. */
        @Override
        public void notifyThreadOccupied() {
        }

        /** At the end of each job: before JobRunr looks for the next one its slot must be free. */
        @Override
        public void notifyThreadIdle() {
            slots.release();
            lookForWork();
        }

        @Override
        public int getOccupiedWorkerCount() {
            return slots.taken();
        }

        /** JobRunr fetches when a thread turns idle: say so, through its public face. */
        void lookForWork() {
            super.notifyThreadOccupied();
            super.notifyThreadIdle();
        }
    }
}
