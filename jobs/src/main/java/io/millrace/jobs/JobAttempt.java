package io.millrace.jobs;

import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.states.IllegalJobStateChangeException;
import org.jobrunr.jobs.states.StateName;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import io.millrace.jobs.JobEvents.Outcome;

/**
 * One attempt at one of the engine's own jobs: what JobRunr's performer does, without looking up anew for each job, by
 * reflection, what is the same for all of them. What becomes of a failure is left to JobRunr, which tells its cases apart.
 */
final class JobAttempt implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(JobAttempt.class);

    private final JobServer server;
    private final JobRunner runner;
    private final Attempt attempt;
    private final Job job;
    private final EnqueuedJob enqueued;
    private final SaveUntilKnown save;
    private final RunEvents events;
    private volatile JobSpans.Run span = JobSpans.Run.NONE;
    /** Whether what it came to is committed, by its handler's transaction. */
    private boolean isSettled;
    private volatile TimeLimit limit = TimeLimit.NONE;

    JobAttempt(JobServer server, JobRunner runner, Attempt attempt, EnqueuedJob enqueued,
            SaveUntilKnown save, RunEvents events) {
        this.server = server;
        this.runner = runner;
        this.attempt = attempt;
        this.job = attempt.job();
        this.enqueued = enqueued;
        this.save = save;
        this.events = events;
    }

    @Override
    public void run() {
        boolean slotIsMine = true;
        try {
            var failure = failure();
            if (isSettled) {
                LOG.debug("job {} succeeded in the transaction of its handler", job.getId());
                events.ended(Outcome.SUCCEEDED);
            } else if (!attempt.end()) {
                slotIsMine = false;
            } else if (attempt.hasLostItsJob()) {
                LOG.info("job {} was {} while it ran here; what this run came to is not kept", job.getId(),
                        attempt.told());
                events.ended(Outcome.CANCELLED);
            } else if (failure == null) {
                succeed();
            } else if (isPutOff(failure)) {
                LOG.debug("job {} is put off, with no attempt used", job.getId());
            } else if (attempt.told() == Attempt.Told.STOPPING && !(failure instanceof PermanentFailure)) {
                giveBack();
            } else {
                slotIsMine = false;
                fail(job, isOutOfTime(failure) ? TimeLimitExceeded.stopped(limit, failure) : failure);
            }
        } finally {
            if (slotIsMine) {
                server.getJobSteward().notifyThreadIdle();
            }
            span.close();
            MDC.clear();
        }
    }

    /** Of whatever kind: an Error fails the job as well, and costs no slot. */
    private @Nullable Exception failure() {
        try {
            span = runner.spanOf(job, enqueued, RunContext.set(job, enqueued));
            handle();
            return null;
        } catch (Exception e) {
            return e;
        } catch (Error e) {
            return new IllegalStateException("the job failed with " + e.getClass().getName(), e);
        }
    }

    private void handle() throws Exception {
        limit = timeLimit();
        var slot = server.policy().inTheSlotOfThisThread();
        var execution = runner.executionOf(attempt, enqueued);
        try {
            // Who was paused since it took the job may have been taken for dead.
            if (!attempt.begin(Thread.currentThread(), limit, () -> slot.accept(this::giveUp))
                    || !server.mayBegin(attempt)) {
                throw toldBefore();
            }
            events.begins(job);
            var transaction = runner.transactionOf(enqueued);
            if (transaction.isPresent()) {
                transaction.get().run(server, attempt, () -> callHandler(execution));
                isSettled = true;
            } else {
                callHandler(execution);
            }
        } finally {
            endInterrupts();
            events.handlerHasEnded();
            // Neither in its handler's time nor in its transaction.
            execution.end();
        }
    }

    /** One that fails here, as nobody knows its type, has begun and failed like any other. */
    private TimeLimit timeLimit() {
        try {
            return runner.timeLimitOf(enqueued);
        } catch (RuntimeException e) {
            events.begins(job);
            throw e;
        }
    }

    private void callHandler(RunningJob execution) throws Exception {
        boolean interrupted;
        try {
            if (!attempt.mayCallHandler()) {
                throw toldBefore();
            }
            runner.run(attempt, enqueued, execution);
        } finally {
            interrupted = endInterrupts();
            execution.saysNoMore();
        }
        // One that returned although its worker stops, or its time is up, has done its work.
        if (interrupted && (attempt.told() == null || attempt.hasLostItsJob())) {
            throw new InterruptedException("job " + job.getId() + " was told to stop");
        }
    }

    /** What follows, as a rollback, must not find the thread interrupted. Returns whether it was. */
    private boolean endInterrupts() {
        attempt.handlerIsDone();
        return Thread.interrupted();
    }

    private InterruptedException toldBefore() {
        return new InterruptedException("job " + job.getId() + " was told to stop before it began");
    }

    /** Returns after the commit. */
    private void succeed() {
        try {
            job.succeeded();
            events.ended(save.save(job, "succeeded") ? Outcome.SUCCEEDED : Outcome.CANCELLED);
        } catch (IllegalJobStateChangeException e) {
            LOG.info("job {} succeeded, but was {} meanwhile and stays so", job.getId(), e.getFrom());
            events.ended(Outcome.CANCELLED);
        } catch (InterruptedException e) {
            LOG.error(
                    "job {} succeeded, but that could not be saved before this worker stopped; it runs again elsewhere",
                    job.getId());
        }
    }

    /** As it was before it was taken. */
    private void giveBack() {
        try {
            server.getStorageProvider().save(UntakenJob.of(job));
            events.ended(Outcome.GIVEN_BACK);
            LOG.info("job {} was told to stop, as its worker stops, and is back in the queue", job.getId());
        } catch (RuntimeException e) {
            LOG.warn("job {} could not be given back ({}); trying again soon", job.getId(), e.toString());
            server.lookAfterItsJobs();
        }
    }

    private boolean isOutOfTime(Exception failure) {
        return attempt.told() == Attempt.Told.OUT_OF_TIME && !(failure instanceof PermanentFailure);
    }

    /** On another thread: its own does not come back. What that still changes in the job is not of this copy. */
    private void giveUp() {
        if (attempt.hasLostItsJob()) {
            events.ended(Outcome.CANCELLED);
            server.getJobSteward().notifyThreadIdle();
        } else {
            RunContext.set(job, enqueued);
            fail(UntakenJob.copy(job, job.getVersion()), TimeLimitExceeded.ignored(limit));
        }
    }

    private void fail(Job failed, Exception failure) {
        int before = failed.getVersion();
        span.failed(failure);
        FirstRun.remember(failed, span);
        new FailedAttempt(server, failed, failure).run();
        if (failed.getVersion() == before) {
            LOG.warn(
                    "the failure of job {} could not be saved; if the job is still this worker's, the attempt is made again",
                    job.getId());
            server.lookAfterItsJobs();
        } else {
            events.failed(failed);
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
            events.ended(save.putOff(job, wish) ? Outcome.POSTPONED : Outcome.CANCELLED);
        } catch (InterruptedException e) {
            LOG.error("job {} is put off for {}, but that could not be saved before this worker stopped; it runs again"
                    + " elsewhere", job.getId(), wish.after());
        }
    }
}
