package io.millrace.jobs.figures;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

import io.millrace.jobs.QueueStatus;

/**
 * A look at all queues and types at once, made by one process of the cluster and read by all others: every ten seconds, or at
 * longer intervals where it takes so long that it would be under way for more than a twentieth of the time.
 */
public interface ClusterFigures {

    /**
     * The last look; empty if there never was one, as where no process has {@code millrace.jobs.figures.cluster=true}. Reads one row.
     *
     * @throws DataAccessException
     *             if the database cannot be reached
     */
    Optional<Snapshot> latest();

    /**
     * What one look has seen.
     *
     * @param takenAt
     *            when it began, by the database's clock
     * @param queues
     *            by name
     * @param types
     *            those that anything waits or runs of, by name and queue
     * @param workers
     *            that live
     * @param slots
     *            how many jobs they can run at once
     */
    record Snapshot(Instant takenAt, List<QueueStatus> queues, List<TypeStatus> types, int workers, int slots) {
    }

    /**
     * The jobs of one type in one queue.
     *
     * @param waiting
     *            for a worker
     * @param oldestAge
     *            how long the one has waited that waits longest; null if none waits, or where none is among those that were looked at: the
     *            thousand that wait longest and the hundred that are next in the queue
     */
    record TypeStatus(String type, String queue, long waiting, long running, @Nullable Duration oldestAge) {
    }
}
