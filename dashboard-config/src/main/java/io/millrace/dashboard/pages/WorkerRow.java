package io.millrace.dashboard.pages;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.millrace.jobs.WorkerStatus;

/**
 * A worker as its line shows it.
 *
 * @param busy
 *            how much of its slots is taken, from 0 to 100
 */
record WorkerRow(String name, String version, String host, List<String> queues, String running, int busy, When started,
        When seen, boolean alive) {

    static WorkerRow of(WorkerStatus worker, Instant now) {
        return new WorkerRow(worker.name(), orNone(worker.version()), orNone(worker.host()), worker.queues(),
                HumanText.number(worker.running()) + " of "
                        + (worker.slots() == 0 ? HumanText.NONE : HumanText.number(worker.slots())),
                worker.slots() == 0 ? 0 : Math.min(100, 100 * worker.running() / worker.slots()),
                When.at(worker.startedAt(), now), When.at(worker.lastSeenAt(), now), worker.alive());
    }

    private static String orNone(@Nullable String text) {
        return text == null || text.isBlank() ? HumanText.NONE : text;
    }
}
