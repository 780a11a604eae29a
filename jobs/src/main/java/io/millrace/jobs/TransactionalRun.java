package io.millrace.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

import org.jobrunr.jobs.JobVersioner;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a {@link TransactionalJobHandler}: its writes, its result and its job's SUCCEEDED in one transaction, which commits only
 * if the job is still this run's.
 */
final class TransactionalRun {

    private static final Logger LOG = LoggerFactory.getLogger(TransactionalRun.class);
    private static final Duration ASK_AGAIN = Duration.ofMillis(500);

    private final ApplicationTransactions transactions;
    private final Transactions engine;
    private final JobStore store;
    private final String look;
    private final String lock;

    TransactionalRun(ApplicationTransactions transactions, DataSource engine, JobsSchema schema, JobStore store) {
        this.transactions = transactions;
        this.engine = new Transactions(engine);
        this.store = store;
        this.look = "select version, state, worker from %sjobrunr_jobs where id = ?::text::bpchar"
                .formatted(schema.prefix());
        this.lock = look + " for no key update";
    }

    /**
     * Returns after the commit, when there is nothing left to save of the attempt.
     *
     * @throws Exception
     *             what the handler throws, or why its transaction was rolled back
     */
    void run(JobServer server, Attempt attempt, Handler handler) throws Exception {
        var open = transactions.begin();
        Completion completion;
        try {
            handler.handle();
            completion = complete(open, server.getId(), attempt);
        } catch (Throwable e) {
            open.rollBack(e);
            throw e;
        }
        commit(open, completion, server);
        tell(completion);
    }

    private Completion complete(ApplicationTransactions.Open open, UUID worker, Attempt attempt)
            throws InterruptedException {
        if (open.isRollbackOnly()) {
            throw rolledBack();
        }
        var id = attempt.job().getId();
        // From here on nobody changes it before the commit, as by a rescue, an operator or a checkpoint.
        var row = open.write(connection -> lock(connection, id));
        boolean lost = row.isEmpty() || !row.get().isOf(worker);
        if (lost) {
            if (engine.run(connection -> look(connection, id)).filter(before -> before.isOf(worker)).isPresent()) {
                // To others it is still running here: nobody but this transaction has changed it.
                throw ownChange(id);
            }
            attempt.tell(Row.isDeleted(row) ? Attempt.Told.CANCELLED : Attempt.Told.REPLACED);
        }
        // It may have been told before that its worker stops, or its time is up.
        if (lost || attempt.hasLostItsJob() || !attempt.end()) {
            throw new InterruptedException("job " + id + " was told to stop; what its handler wrote is rolled back");
        }
        return open.write(connection -> write(connection, attempt, row.orElseThrow().version()));
    }

    private Optional<Row> lock(Connection connection, UUID id) throws SQLException {
        return row(connection, lock, id);
    }

    /** As whoever is not in the handler's transaction sees it. */
    private Optional<Row> look(Connection connection, UUID id) throws SQLException {
        return row(connection, look, id);
    }

    private static Optional<Row> row(Connection connection, String sql, UUID id) throws SQLException {
        try (var select = connection.prepareStatement(sql)) {
            select.setString(1, id.toString());
            try (var rows = select.executeQuery()) {
                return rows.next()
                        ? Optional.of(new Row(rows.getInt(1), rows.getString(2), rows.getObject(3, UUID.class)))
                        : Optional.empty();
            }
        }
    }

    /** Of a copy, as a history takes nothing back when it is rolled back. */
    private Completion write(Connection connection, Attempt attempt, int version) throws SQLException {
        var job = UntakenJob.copy(attempt.job(), version);
        job.succeeded();
        try (var raised = new JobVersioner(job)) {
            var change = JobChange.of(job, store.rows().mapper(), ReturnedResult.of(job));
            var written = store.rows().changes().write(connection, List.of(change)).get(job.getId());
            if (written == null) {
                throw ownChange(job.getId());
            }
            raised.commitVersion();
            return new Completion(job.getId(), job.getVersion(), change.result(), written);
        }
    }

    private void commit(ApplicationTransactions.Open open, Completion completion, JobServer server) {
        try {
            if (!open.commit()) {
                throw rolledBack();
            }
        } catch (RuntimeException | Error e) {
            if (!mayHaveCommitted(completion, server, e)) {
                throw e;
            }
        }
    }

    /** Its row knows: the question waits for the end of the transaction, which may outlive its connection. */
    private boolean mayHaveCommitted(Completion completion, JobServer server, Throwable failure) {
        try {
            while (true) {
                try {
                    return engine.run(connection -> lock(connection, completion.job())).filter(completion::is)
                            .isPresent();
                } catch (RuntimeException e) {
                    LOG.warn(
                            "job {} may have committed or not ({}), and its row cannot be asked ({}); asking again in {}",
                            completion.job(), failure.toString(), e.toString(), ASK_AGAIN);
                    server.pauseUnlessStopped(ASK_AGAIN);
                }
            }
        } catch (InterruptedException e) {
            LOG.error(
                    "job {} may have committed or not when this worker stopped; where it has not, it runs again elsewhere",
                    completion.job(), failure);
            return true;
        }
    }

    private void tell(Completion completion) {
        try {
            if (completion.result() != null) {
                completion.expiresAt().ifPresent(completion.result().kept());
            }
            store.notifyJobStatsOnChangeListeners();
        } catch (RuntimeException e) {
            LOG.warn("job {} has committed; what was to follow has failed", completion.job(), e);
        }
    }

    private static IllegalStateException ownChange(UUID id) {
        return new IllegalStateException(
                "job " + id + " was changed, as by a cancel, in the transaction of its own handler;"
                        + " that is rolled back");
    }

    private static IllegalStateException rolledBack() {
        return new IllegalStateException("the handler returned, but its transaction was marked rollback-only:"
                + " nothing of it is committed; let it throw what went wrong");
    }

    /** What is called in the transaction. No interrupt reaches its thread after it. */
    interface Handler {
        void handle() throws Exception;
    }

    private record Completion(UUID job, int version, @Nullable NewResult result, Optional<Instant> expiresAt) {

        boolean is(Row row) {
            return row.version() == version && row.state().equals("SUCCEEDED");
        }
    }

    private record Row(int version, String state, @Nullable UUID worker) {

        /** Of two runs here the earlier one has been told, before the rows knew of the later. */
        boolean isOf(UUID one) {
            return state.equals("PROCESSING") && one.equals(worker);
        }

        static boolean isDeleted(Optional<Row> row) {
            return row.filter(found -> found.state.equals("DELETED")).isPresent();
        }
    }
}
