package io.millrace.dashboard.pages;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.springframework.stereotype.Component;

import io.millrace.jobs.JobQueues;
import io.millrace.jobs.JobWorkers;
import io.millrace.jobs.QueueStatus;
import io.millrace.jobs.WorkerStatus;
import io.millrace.jobs.figures.ClusterFigures;

/**
 * How the queues stand: by the cluster's own look, which costs one row, or by a look of this process where nobody makes one. What is
 * held up is always as of now, so that who pauses a queue sees it paused.
 */
@Component
final class QueueBoard {

    /** Older figures are of a process that does not look any more. */
    private static final Duration STALE = Duration.ofMinutes(3);
    private static final Duration LIVE_IS_KEPT = Duration.ofSeconds(10);

    private final JobQueues queues;
    private final ClusterFigures cluster;
    private final JobWorkers workers;
    private final Clock clock;
    private final Kept<Look> live;

    QueueBoard(JobQueues queues, ClusterFigures cluster, JobWorkers workers, Clock clock) {
        this.queues = queues;
        this.cluster = cluster;
        this.workers = workers;
        this.clock = clock;
        this.live = new Kept<>(LIVE_IS_KEPT, () -> new Look(clock.instant(), queues.status()));
    }

    Board board() {
        var now = clock.instant();
        var look = cluster.latest().filter(snapshot -> snapshot.takenAt().isAfter(now.minus(STALE)))
                .map(snapshot -> new Look(snapshot.takenAt(), snapshot.queues())).orElseGet(live::get);
        var all = workers.all();
        var rows = queues.status(look.queues()).stream()
                .map(queue -> QueueRow.of(queue, all)).toList();
        return new Board(rows, When.at(look.at(), now),
                (int) all.stream().filter(WorkerStatus::alive).count());
    }

    private record Look(Instant at, List<QueueStatus> queues) {
    }

    /**
     * What the page shows.
     *
     * @param at
     *            when it was counted
     * @param workers
     *            that live
     */
    record Board(List<QueueRow> queues, When at, int workers) {

        Board {
            queues = List.copyOf(queues);
        }

        /** How many of them are. Public as templates call it; so it is elsewhere here. */
        public long paused() {
            return queues.stream().filter(QueueRow::paused).count();
        }
    }
}
