package io.millrace.jobs;

import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

import org.springframework.dao.DataAccessException;

/**
 * The jobs that the caller's transaction has put into the queue, and nobody else sees yet. The engine's side of the test kit's
 * {@link io.millrace.jobs.testing.EnqueuedJobs}, and public only for it.
 *
 * <p>
 * A row that this transaction sees, while whoever wrote it has not ended, was written by this transaction: another's would be
 * invisible. That holds for savepoints as well, which write as transactions of their own, later ones than the transaction around them.
 */
public final class UncommittedJobs {

    private final EnqueueTransaction transaction;
    private final JobStore store;
    private final JobTypes types;
    private final JobPayloads payloads;
    private final String written;

    UncommittedJobs(DataSource dataSource, JobsSchema schema, JobStore store, JobTypes types, JobPayloads payloads) {
        this.transaction = new EnqueueTransaction(dataSource);
        this.store = store;
        this.types = types;
        this.payloads = payloads;
        // A row's xmin lacks the upper half of the transaction's number.
        this.written = """
                       select jobAsJson
                       from %sjobrunr_jobs job
                       cross join (select pg_current_xact_id_if_assigned()::text::bigint as id) mine
                       cross join lateral (select mod(mod(job.xmin::text::bigint - mine.id, 1::bigint << 32)
                           + (1::bigint << 32), 1::bigint << 32) as later) writer
                       where job.state in ('ENQUEUED', 'SCHEDULED')
                           and case when writer.later < 1::bigint << 31
                               then pg_xact_status((mine.id + writer.later)::text::xid8) = 'in progress' end
                       order by job.cmin::text::bigint, job.createdAt, job.id
                       """.formatted(schema.prefix());
    }

    /**
     * Those that are to run, in the order in which they were enqueued.
     *
     * @throws IllegalStateException
     *             if there is no transaction on the engine's data source
     * @throws DataAccessException
     *             if the database cannot be reached
     */
    public List<Uncommitted> all() {
        transaction.requireActive("what it has enqueued");
        return transaction.jdbc().sql(written).query((row, number) -> store.read(row.getString(1))).list().stream()
                .flatMap(job -> uncommitted(job).stream()).toList();
    }

    private Optional<Uncommitted> uncommitted(org.jobrunr.jobs.Job job) {
        return Envelope.of(job).map(enqueued -> new Uncommitted(payload(enqueued), JobHistory.of(job).status()));
    }

    private Job<?> payload(EnqueuedJob enqueued) {
        return payloads.read(enqueued.type(), enqueued.payload(), types.named(enqueued.type()).payloadType());
    }

    /** A job, and how it waits. */
    public record Uncommitted(Job<?> payload, JobStatus status) {
    }
}
