package io.millrace.jobs;

import java.time.Duration;
import java.util.Optional;

import org.jobrunr.jobs.lambdas.JobRequestHandler;
import org.jobrunr.server.runner.ThreadLocalJobContext;

/**
 * The one entry point that rows name: finds the handler by job type, runs it and hands on its result, which is
 * committed with the job's SUCCEEDED. Its name and the signature of {@code run} are part of the stored format. Public only because JobRunr
 * calls it by reflection.
 */
public final class JobRunner implements JobRequestHandler<EnqueuedJob> {

    private final JobHandlers handlers;
    private final JobPayloads payloads;
    private final PostgresJobResults results;
    private final Optional<TransactionalRun> transactional;
    private final Executions executions;
    private final JobSpans spans;

    /**
     * @param transactional
     *            there if a handler needs it
     */
    JobRunner(JobHandlers handlers, JobPayloads payloads, PostgresJobResults results,
            Optional<TransactionalRun> transactional, Executions executions, JobSpans spans) {
        this.handlers = handlers;
        this.payloads = payloads;
        this.results = results;
        this.transactional = transactional;
        this.executions = executions;
        this.spans = spans;
    }

    /**
     * Runs one attempt.
     *
     * @throws PermanentFailure
     *             if no handler here knows the type or version, or the payload cannot be read
     * @throws Exception
     *             what the handler throws
     */
    @Override
    public void run(EnqueuedJob enqueued) throws Exception {
        run(enqueued, new JobRunrsExecution(ThreadLocalJobContext.getJobContext(), enqueued.type()),
                JobRunner::nothing);
    }

    /** What the handler of a job of this engine's own is given. */
    RunningJob executionOf(Attempt attempt, EnqueuedJob enqueued) {
        return executions.of(attempt, enqueued);
    }

    /** Begins the span of an attempt at it. */
    JobSpans.Run spanOf(org.jobrunr.jobs.Job job, EnqueuedJob enqueued, int number) {
        return spans.run(job.getId(), enqueued, number, FirstRun.of(job));
    }

    /** The same for a job of this engine's own, of which JobRunr's context is not around. */
    void run(Attempt attempt, EnqueuedJob enqueued, RunningJob execution) throws Exception {
        var job = attempt.job();
        // One that was replaced has a history that begins anew, and goes on with its row's version.
        boolean again = Attempts.runsOf(job) > 1 || job.getVersion() > job.getJobStates().size();
        run(enqueued, execution, () -> {
            // Also one that succeeded may run again.
            if (again) {
                results.forget(job.getId(), job.getVersion());
            }
            attempt.handlerBegins();
        });
    }

    /**
     * How long an attempt at it may take.
     *
     * @throws PermanentFailure
     *             if no handler here knows the type
     */
    TimeLimit timeLimitOf(EnqueuedJob enqueued) {
        return handlers.named(enqueued.type()).type().timeLimit().unless(enqueued.timeLimitMillis());
    }

    /**
     * Its transaction, if its handler is to be called in one.
     *
     * @throws PermanentFailure
     *             if no handler here knows the type
     */
    Optional<TransactionalRun> transactionOf(EnqueuedJob enqueued) {
        return handlers.named(enqueued.type()).isTransactional() ? transactional : Optional.empty();
    }

    private void run(EnqueuedJob enqueued, JobExecution execution, Runnable beforehand) throws Exception {
        var handler = handlers.named(enqueued.type());
        if (enqueued.version() > handler.type().version()) {
            throw new PermanentFailure("the payload of " + enqueued.type() + " is of version " + enqueued.version()
                    + ", newer than the " + handler.type().version() + " this worker knows; update it, then retry");
        }
        beforehand.run();
        run(enqueued, handler, execution);
    }

    private <J extends Job<R>, R> void run(EnqueuedJob enqueued, JobHandlers.Registered<J, R> handler,
            JobExecution execution) throws Exception {
        J job = read(enqueued, handler);
        R result = handler.handle(job, execution);
        Duration ttl = handler.type().resultTtl();
        if (handler.type().hasResult()) {
            ReturnedResult.hand(execution.id(),
                    results.fresh(execution.id(), enqueued.type(), payloads.write(result), ttl));
        }
    }

    /** Where JobRunr runs it, an earlier result stays until the next. */
    private static void nothing() {
    }

    private <J extends Job<R>, R> J read(EnqueuedJob enqueued, JobHandlers.Registered<J, R> handler) {
        try {
            return payloads.read(enqueued.type(), enqueued.payload(), handler.payloadType());
        } catch (InvalidPayload e) {
            throw new PermanentFailure(String.valueOf(e.getMessage()), e);
        }
    }
}
