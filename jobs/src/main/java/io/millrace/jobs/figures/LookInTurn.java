package io.millrace.jobs.figures;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.millrace.jobs.QueueStatus;
import io.millrace.jobs.figures.ClusterFigures.Snapshot;

/** Looks at all queues and types where it is time for that and no other process does. */
final class LookInTurn {

    private static final Logger LOG = LoggerFactory.getLogger(LookInTurn.class);

    private final PostgresClusterFigures figures;
    private final Supplier<List<QueueStatus>> queues;
    private final LookAtTypes types;
    private final LookAtWorkers workers;
    private final LongSupplier nanos;
    private final UUID self = UUID.randomUUID();

    LookInTurn(PostgresClusterFigures figures, Supplier<List<QueueStatus>> queues, LookAtTypes types,
            LookAtWorkers workers, LongSupplier nanos) {
        this.figures = figures;
        this.queues = queues;
        this.types = types;
        this.workers = workers;
        this.nanos = nanos;
    }

    /**
     * Looks, or not.
     *
     * @return whether what it saw is the last look now
     * @throws org.springframework.dao.DataAccessException
     *             if the database cannot be reached; another process looks when this one ought to have ended
     */
    boolean look() {
        var claimed = figures.claim(self);
        if (claimed.isEmpty()) {
            return false;
        }
        long began = nanos.getAsLong();
        var alive = workers.look();
        var snapshot = new Snapshot(claimed.get().toInstant(), queues.get(), types.look(), alive.alive(),
                alive.slots());
        var took = Duration.ofNanos(nanos.getAsLong() - began);
        boolean written = figures.write(self, snapshot, took);
        if (!written) {
            LOG.warn(
                    "a look at all queues took {}, and another process has looked meanwhile; the next ones have longer",
                    took);
        }
        return written;
    }
}
