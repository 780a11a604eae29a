package io.millrace.jobs;

import org.jspecify.annotations.Nullable;

/**
 * Does the work of one job type: a Spring bean of a worker, found by the type of its job; there is exactly one per job
 * type and a second one refuses to start. {@code handle} is called on a virtual thread, many at once for different jobs,
 * and may be {@code @Transactional}.
 *
 * <p>
 * A job is run <em>at least once</em>: after a crash it runs again, so an effect must bear repetition, or be one in Postgres by
 * a {@link TransactionalJobHandler}, or stand in the ledger of {@link JobExecution#effects()}. The result is
 * durable before the job shows as SUCCEEDED.
 *
 * @param <J>
 *            the job record
 * @param <R>
 *            the result, a value that Jackson writes; {@link Void} for none
 */
public interface JobHandler<J extends Job<R>, R extends @Nullable Object> {

    /**
     * Does the work.
     *
     * @param job
     *            the payload as it was enqueued
     * @param execution
     *            this attempt: its number, and the place for progress, a log, checkpoints and effects
     * @return the result, or null for none
     * @throws PermanentFailure
     *             if no further attempt can succeed: the job is FAILED at once, with the message as its reason
     * @throws TryAgainLater
     *             if it cannot work just now, through nobody's fault: the job runs again after that time, with no attempt used
     * @throws Exception
     *             anything else: the job is tried again, when {@link #retryPolicy} says, until its attempts are used up
     */
    R handle(J job, JobExecution execution) throws Exception;

    /** When a job is tried again by what {@link #handle} threw. Asked for once, when the worker starts. */
    default RetryPolicy retryPolicy() {
        return RetryPolicy.ofType();
    }
}
