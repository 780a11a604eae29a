package io.millrace.jobs.testing;

import java.util.List;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import io.millrace.jobs.JobStatus;
import io.millrace.jobs.RunWaitingJobs;

/**
 * Runs what waits in the queue on the test's own thread, by the way it goes in a worker: taken from the database, given to its handler
 * bean, and committed as what became of it. Nothing is left to wait for, and a handler that fails leaves the reason in the
 * status.
 *
 * <pre>{@code
 * orders.place(7, "somewhere");
 *
 * assertThat(queue.drainAll()).extracting(JobStatus::state).containsExactly(State.SUCCEEDED);
 * }</pre>
 *
 * Jobs run one after the other, and also those that they enqueue: in a queue in the order in which a worker starts them, and queue by
 * queue in the order of the queues' names, where a worker would take from them by turns. Paused queues, rates, unique keys and
 * limits hold. Delayed jobs, those of schedules, and further attempts at those that failed, run if the database's clock says at the beginning that they are
 * due ({@link SettableClock}); so no drain makes two attempts at one job, however short its back-off is.
 *
 * <p>
 * It needs handlers and no running worker in this process, {@code millrace.jobs.worker.enabled=true} and
 * {@code millrace.jobs.worker.auto-start=false}, which {@link AutoConfigureJobTesting} sees to. Workers of other processes on
 * the same database are not kept away. Not for several threads at once. Nobody interrupts a handler that does not end.
 */
public final class DrainQueue {

    /** Of one {@link #drainAll}: more than any test waits for. */
    private static final int MOST = 1_000;

    private final ObjectProvider<RunWaitingJobs> runs;

    DrainQueue(ObjectProvider<RunWaitingJobs> runs) {
        this.runs = runs;
    }

    /**
     * Runs jobs until none may start.
     *
     * @return each attempt, in order: the job as it stood after it
     * @throws AssertionError
     *             after 1,000 attempts: a job probably enqueues itself
     * @throws IllegalStateException
     *             in a transaction, whose own jobs it would not see; without handlers; beside a running worker
     * @throws org.jobrunr.storage.StorageException
     *             if the database cannot be reached
     */
    public List<JobStatus> drainAll() {
        var ran = drain(MOST);
        if (ran.size() == MOST) {
            throw new AssertionError("after " + MOST + " attempts jobs may still be waiting, the last one was "
                    + ran.getLast().type() + ": does a job enqueue itself again and again? drain(int) ends earlier");
        }
        return ran;
    }

    /**
     * The same, of at most so many attempts.
     *
     * @return each attempt, in order: the job as it stood after it
     * @throws IllegalArgumentException
     *             if {@code atMost} is negative
     * @throws IllegalStateException
     *             in a transaction, whose own jobs it would not see; without handlers; beside a running worker
     * @throws org.jobrunr.storage.StorageException
     *             if the database cannot be reached
     */
    public List<JobStatus> drain(int atMost) {
        if (atMost < 0) {
            throw new IllegalArgumentException("a drain runs no fewer than 0 jobs, but " + atMost + " were asked for");
        }
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("cannot drain the queue in a transaction, whose jobs nobody sees before its"
                    + " commit: commit it first, or look at them with EnqueuedJobs");
        }
        return runner().upTo(atMost);
    }

    private RunWaitingJobs runner() {
        var found = runs.getIfAvailable();
        if (found == null) {
            throw new IllegalStateException(
                    "there are no handlers in this process: set millrace.jobs.worker.enabled=true"
                            + " and millrace.jobs.worker.auto-start=false");
        }
        return found;
    }
}
