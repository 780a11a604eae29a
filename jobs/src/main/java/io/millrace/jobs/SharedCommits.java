package io.millrace.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.sql.DataSource;

import org.jobrunr.storage.StorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes that meet are committed together ("group commit"): who comes while at most one commit is under way is
 * committed at once; who comes while there are two shares the next statement and commit with all who came by then. Nobody
 * returns before the commit of what it brought, and nobody fails for another's sake: a statement that fails is tried
 * again for each of its changes alone, unless it was the connection that failed, or there is no space left.
 *
 * <p>
 * The commits have a thread of their own: an interrupt of one whose job is told to stop would close the connection under
 * all of them.
 */
final class SharedCommits<C, O> {

    /** So that one commit never grows long enough to keep the others waiting for long: of changes of size one. */
    static final int TOGETHER = 512;

    /** One prepares its statement while the other waits for the disk. */
    private static final int AT_ONCE = 2;

    private static final Logger LOG = LoggerFactory.getLogger(SharedCommits.class);

    private final DataSource dataSource;
    private final Function<C, UUID> job;
    private final Statement<C, O> statement;
    private final TellEvents events;
    private final ConcurrentLinkedQueue<Waiting<C, O>> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger committers = new AtomicInteger();

    /**
     * @param job
     *            whose change it is: no two of one job stand in one statement, which could not tell them apart
     */
    SharedCommits(DataSource dataSource, Function<C, UUID> job, Statement<C, O> statement, TellEvents events) {
        this.dataSource = dataSource;
        this.job = job;
        this.statement = statement;
        this.events = events;
    }

    /** Those of jobs that are there. */
    static SharedCommits<JobChange, JobChanges.Outcome> of(DataSource dataSource, JobChanges changes,
            TellEvents events) {
        return new SharedCommits<>(dataSource, JobChange::id, (connection, together) -> {
            var written = changes.write(connection, together);
            return together.stream().map(change -> JobChanges.Outcome.of(written, change.id())).toList();
        }, events);
    }

    /**
     * Returns once the change is committed, or was refused.
     *
     * @throws StorageException
     *             if it could not be written, or it is not known whether it was
     */
    O commit(C change) {
        var mine = new Waiting<C, O>(change, new CompletableFuture<>());
        waiting.add(mine);
        startCommitting();
        try {
            return mine.outcome.join();
        } catch (CompletionException e) {
            throw new StorageException("job " + job.apply(change) + " could not be saved", e.getCause());
        }
    }

    private void startCommitting() {
        if (committers.getAndUpdate(now -> Math.min(now + 1, AT_ONCE)) < AT_ONCE) {
            Thread.ofVirtual().name("job-commits").start(this::commitWhatWaits);
        }
    }

    private void commitWhatWaits() {
        try {
            for (var together = next(); !together.isEmpty(); together = next()) {
                commitTogether(together);
            }
        } finally {
            committers.decrementAndGet();
        }
        if (!waiting.isEmpty()) {
            startCommitting();
        }
    }

    /** In the order they came, up to the second change of one job: the statement could not tell the two apart. */
    private synchronized List<Waiting<C, O>> next() {
        var together = new ArrayList<Waiting<C, O>>();
        var ids = new HashSet<UUID>();
        int size = 0;
        for (var first = waiting.peek(); first != null && size < TOGETHER
                && ids.add(job.apply(first.change)); first = waiting.peek()) {
            together.add(first);
            size += statement.size(first.change);
            waiting.remove();
        }
        return together;
    }

    /** Whether the database serves. */
    private boolean commitTogether(List<Waiting<C, O>> together) {
        try {
            var written = write(together.stream().map(Waiting::change).toList());
            for (int i = 0; i < together.size(); i++) {
                together.get(i).outcome.complete(written.get(i));
            }
            return true;
        } catch (SQLException | RuntimeException | Error e) {
            boolean served = !SqlFailure.isOfTheConnection(e) && !SqlFailure.isOfAFullDisk(e);
            if (together.size() > 1 && served) {
                LOG.debug("{} changes could not be committed together; trying each alone", together.size(), e);
                return commitEachAlone(together);
            }
            together.forEach(one -> one.outcome.completeExceptionally(e));
            return served;
        }
    }

    /** Until the database fails: then the rest would only wait for one time-out after another. */
    private boolean commitEachAlone(List<Waiting<C, O>> together) {
        for (int i = 0; i < together.size(); i++) {
            if (!commitTogether(List.of(together.get(i)))) {
                var lost = new SQLNonTransientConnectionException("the database failed while others were saved");
                together.subList(i + 1, together.size()).forEach(one -> one.outcome.completeExceptionally(lost));
                return false;
            }
        }
        return true;
    }

    /** One statement is a transaction. */
    private List<O> write(List<C> together) throws SQLException {
        long before = System.nanoTime();
        try (var connection = dataSource.getConnection()) {
            connection.setAutoCommit(true);
            var written = statement.write(connection, together);
            events.committed(together.size(), before);
            return written;
        }
    }

    /** One that is atomic by itself. */
    interface Statement<C, O> {

        /** What became of each, in their order. */
        List<O> write(Connection connection, List<C> together) throws SQLException;

        /** How much a change takes of {@link #TOGETHER}. */
        default int size(C change) {
            return 1;
        }
    }

    private record Waiting<C, O>(C change, CompletableFuture<O> outcome) {
    }
}
