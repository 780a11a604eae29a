package io.millrace.jobs;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A worker as it stood when it was looked at. Times are by the database's clock.
 *
 * @param version
 *            of the application it runs; null if that does not say, or it is a worker of an engine that did not write it down
 * @param host
 *            null where it is not known
 * @param queues
 *            that it takes jobs from, as its settings name them: {@code mail} or {@code mail=64}; empty if from all
 * @param slots
 *            how many jobs it runs at once at most; 0 where it is not known
 * @param running
 *            how many the rows say that it runs
 * @param startedAt
 *            when it said first that it lives; of an older engine's worker the time of its last heartbeat
 * @param lastSeenAt
 *            when it last said so, each second
 */
public record WorkerStatus(UUID id, String name, @Nullable String version, @Nullable String host, List<String> queues,
        int slots, int running, Instant startedAt, Instant lastSeenAt, boolean alive) {

    public WorkerStatus {
        queues = List.copyOf(queues);
    }
}
