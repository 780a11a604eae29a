package io.millrace.api.jobs;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import io.millrace.jobs.JobQueues;
import io.millrace.jobs.QueueStatus;

/**
 * How the queues stand, for any number who look: read when somebody looks, and not again for a second, or for ten times as long as it
 * took, so that long queues cost a tenth of a connection at most. What is changed here is seen here at once.
 */
@Component
final class QueueBoard {

    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final int REST = 10;

    private final JobQueues queues;
    private final Lock reading = new ReentrantLock();
    private volatile @Nullable Look last;

    QueueBoard(JobQueues queues) {
        this.queues = queues;
    }

    /** By name. */
    List<QueueStatus> look() {
        var known = last;
        if (known != null && known.until - System.nanoTime() > 0) {
            return known.queues;
        }
        reading.lock();
        try {
            // Somebody else may just have looked.
            var fresh = last;
            return fresh != null && fresh.until - System.nanoTime() > 0 ? fresh.queues : read();
        } finally {
            reading.unlock();
        }
    }

    private List<QueueStatus> read() {
        long begun = System.nanoTime();
        var read = queues.status();
        long now = System.nanoTime();
        last = new Look(read, now + Math.max(FRESH.toNanos(), (now - begun) * REST));
        return read;
    }

    /** After a change of whether it is held up: all that can have changed is read, its figures are not counted again for it. */
    QueueStatus changed(String name) {
        reading.lock();
        try {
            var known = last;
            if (known != null) {
                last = new Look(queues.status(known.queues), known.until);
            }
        } finally {
            reading.unlock();
        }
        return look().stream().filter(queue -> queue.name().equals(name)).findFirst()
                .orElseGet(() -> QueueStatus.unused(name));
    }

    private record Look(List<QueueStatus> queues, long until) {
    }
}
