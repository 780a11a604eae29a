package io.millrace.jobs.testing;

import java.util.List;

import io.millrace.jobs.Job;
import io.millrace.jobs.JobQueue;
import io.millrace.jobs.JobStatus;
import io.millrace.jobs.UncommittedJobs;

/**
 * What the current Spring transaction has enqueued, and nobody else sees before its commit. In a test that is rolled back, that is
 * what a service would have handed to the workers:
 *
 * <pre>{@code
 * orders.place(7, "somewhere");
 *
 * assertThat(enqueued.payloadsOf(ShipOrder.class)).containsExactly(new ShipOrder(7, "somewhere"));
 * }</pre>
 *
 * Among them are delayed jobs and waiting ones that a unique key let this transaction replace; not those that it has cancelled again,
 * that a rolled back savepoint held, that an id or a key found there already, or that a transaction of its own ({@code REQUIRES_NEW}) has
 * committed. It reads on the transaction's own connection, whichever transaction manager began it. Enqueueing is not
 * watched, only its rows: with JPA nothing need be flushed.
 */
public final class EnqueuedJobs {

    private final UncommittedJobs uncommitted;

    EnqueuedJobs(UncommittedJobs uncommitted) {
        this.uncommitted = uncommitted;
    }

    /**
     * All jobs, in the order in which they were enqueued.
     *
     * @throws IllegalStateException
     *             if there is no transaction on the engine's data source
     * @throws org.springframework.dao.DataAccessException
     *             if the database cannot be reached
     */
    public List<Enqueued<Job<?>>> all() {
        return uncommitted.all().stream().<Enqueued<Job<?>>>map(job -> new Enqueued<>(job.payload(), job.status()))
                .toList();
    }

    /**
     * Those of one type.
     *
     * @throws IllegalStateException
     *             if there is no transaction on the engine's data source
     * @throws org.springframework.dao.DataAccessException
     *             if the database cannot be reached
     */
    public <J extends Job<?>> List<Enqueued<J>> of(Class<J> type) {
        return uncommitted.all().stream().filter(job -> type.isInstance(job.payload()))
                .map(job -> new Enqueued<>(type.cast(job.payload()), job.status())).toList();
    }

    /**
     * Their payloads alone.
     *
     * @throws IllegalStateException
     *             if there is no transaction on the engine's data source
     * @throws org.springframework.dao.DataAccessException
     *             if the database cannot be reached
     */
    public <J extends Job<?>> List<J> payloadsOf(Class<J> type) {
        return of(type).stream().map(Enqueued::payload).toList();
    }

    /**
     * A job that was enqueued.
     *
     * @param payload
     *            as a handler will get it, after JSON
     * @param status
     *            its id, queue, priority, time, attempts and labels, as {@link JobQueue#find} has them
     */
    public record Enqueued<J extends Job<?>>(J payload, JobStatus status) {
    }
}
