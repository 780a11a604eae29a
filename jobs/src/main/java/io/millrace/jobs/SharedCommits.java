package io.millrace.jobs;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

import org.jobrunr.storage.StorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes of jobs that meet are committed together ("group commit"): who comes while at most one commit is under way is
 * committed at once; who comes while there are two shares the next statement and commit with all who came by then. Nobody
 * returns before the commit of what it brought, and nobody fails for another's sake: a statement that fails is tried
 * again for each of its changes alone, unless it was the connection that failed, or there is no space left.
 *
 * <p>
 * The commits have a thread of their own: an interrupt of one whose job is told to stop would close the connection under
 * all of them.
 */
final class SharedCommits {

    /** So that one commit never grows long enough to keep the others waiting for long. */
    static final int TOGETHER = 512;

    /** One prepares its statement while the other waits for the disk. */
    private static final int AT_ONCE = 2;

    private static final Logger LOG = LoggerFactory.getLogger(SharedCommits.class);

    private final DataSource dataSource;
    private final JobChanges changes;
    private final ConcurrentLinkedQueue<Waiting> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger committers = new AtomicInteger();

    SharedCommits(DataSource dataSource, JobChanges changes) {
        this.dataSource = dataSource;
        this.changes = changes;
    }

    /**
     * Returns once the change is committed, or was refused because the row is no longer what it replaces.
     *
     * @throws StorageException
     *             if it could not be written, or it is not known whether it was
     */
    Outcome commit(JobChange change) {
        var mine = new Waiting(change, new CompletableFuture<>());
        waiting.add(mine);
        startCommitting();
        try {
            return mine.outcome.join();
        } catch (CompletionException e) {
            throw new StorageException("job " + change.id() + " could not be saved", e.getCause());
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
    private synchronized List<Waiting> next() {
        var together = new ArrayList<Waiting>();
        var ids = new HashSet<UUID>();
        for (var first = waiting.peek(); first != null && together.size() < TOGETHER
                && ids.add(first.change.id()); first = waiting.peek()) {
            together.add(first);
            waiting.remove();
        }
        return together;
    }

    /** Whether the database serves. */
    private boolean commitTogether(List<Waiting> together) {
        try {
            var written = write(together.stream().map(Waiting::change).toList());
            together.forEach(one -> one.outcome.complete(Outcome.of(written, one.change.id())));
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
    private boolean commitEachAlone(List<Waiting> together) {
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
    private Map<UUID, Optional<Instant>> write(List<JobChange> together) throws SQLException {
        try (var connection = dataSource.getConnection()) {
            connection.setAutoCommit(true);
            return changes.write(connection, together);
        }
    }

    private record Waiting(JobChange change, CompletableFuture<Outcome> outcome) {
    }

    /**
     * What became of a change.
     *
     * @param written
     *            false: the row has another version by now, or is gone
     * @param resultExpiresAt
     *            of the result that was kept with it
     */
    record Outcome(boolean written, Optional<Instant> resultExpiresAt) {

        private static Outcome of(Map<UUID, Optional<Instant>> written, UUID id) {
            var expiresAt = written.get(id);
            return new Outcome(expiresAt != null, expiresAt == null ? Optional.empty() : expiresAt);
        }
    }
}
