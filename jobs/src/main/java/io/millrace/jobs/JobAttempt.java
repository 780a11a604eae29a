package io.millrace.jobs;

import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.mappers.MDCMapper;
import org.jobrunr.jobs.states.IllegalJobStateChangeException;
import org.jobrunr.jobs.states.StateName;
import org.jobrunr.server.BackgroundJobPerformer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * One attempt at one of the engine's own jobs: what JobRunr's performer does, without looking up anew for each job, by
 * reflection, what is the same for all of them. What becomes of a failure is left to JobRunr, which tells its cases apart.
 */
final class JobAttempt implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(JobAttempt.class);

    private final JobServer server;
    private final JobRunner runner;
    private final Job job;
    private final EnqueuedJob enqueued;

    JobAttempt(JobServer server, JobRunner runner, Job job, EnqueuedJob enqueued) {
        this.server = server;
        this.runner = runner;
        this.job = job;
        this.enqueued = enqueued;
    }

    @Override
    public void run() {
        Exception failure = null;
        try {
            failure = failure();
            if (failure == null) {
                succeed();
            } else if (isPutOff(failure)) {
                failure = null;
            }
        } finally {
            if (failure == null) {
                server.getJobSteward().notifyThreadIdle();
                MDC.clear();
            }
        }
        if (failure != null) {
            new Failure(failure).run();
        }
    }

    /** Of whatever kind: an Error fails the job as well, and costs no slot. */
    private @Nullable Exception failure() {
        try {
            MDCMapper.loadMDCContextFromJob(job);
            handle();
            return null;
        } catch (Exception e) {
            return e;
        } catch (Error e) {
            return new IllegalStateException("the job failed with " + e.getClass().getName(), e);
        }
    }

    private void handle() throws Exception {
        server.getJobSteward().startProcessing(job, Thread.currentThread());
        try {
            runner.run(job, enqueued);
            if (Thread.interrupted()) {
                throw new InterruptedException("job " + job.getId() + " was told to stop");
            }
        } finally {
            server.getJobSteward().stopProcessing(job);
        }
    }

    /** Returns after the commit. */
    private void succeed() {
        try {
            job.succeeded();
            server.getStorageProvider().save(job);
        } catch (IllegalJobStateChangeException e) {
            LOG.info("job {} succeeded, but was {} meanwhile and stays so", job.getId(), e.getFrom());
        } catch (RuntimeException e) {
            LOG.error("job {} succeeded, but that could not be saved; it runs again once it counts as orphaned,"
                    + " unless something else has changed it", job.getId(), e);
        }
    }

    /** Whether the handler asked for another time. One that was deleted meanwhile is no longer its to put off. */
    private boolean isPutOff(Exception thrown) {
        var wish = TryAgainLater.in(thrown).filter(_ -> job.hasState(StateName.PROCESSING));
        wish.ifPresent(this::putOff);
        return wish.isPresent();
    }

    /** Returns after the commit. */
    private void putOff(TryAgainLater wish) {
        try {
            server.putOff(job, wish);
            LOG.debug("job {} is put off for {}, with no attempt used", job.getId(), wish.after());
        } catch (RuntimeException e) {
            LOG.error("job {} is put off for {}, but that could not be saved; it runs again once it counts as orphaned,"
                    + " unless something else has changed it", job.getId(), wish.after(), e);
        }
    }

    /** JobRunr's performer of a job that has failed already. It also says that the thread is idle again. */
    private final class Failure extends BackgroundJobPerformer {

        private final Exception cause;

        Failure(Exception cause) {
            super(server, job);
            this.cause = cause;
        }

        @Override
        protected void performJob() throws Exception {
            throw cause;
        }
    }
}
