package io.millrace.worker.mail;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

import org.springframework.dao.DataAccessException;

/** For what has happened and must be written: through an outage of the database, and in a thread that is told to stop. */
final class Patience {

    private static final Duration AGAIN = Duration.ofMillis(500);

    private Patience() {
    }

    /**
     * Again and again for a time; an interrupt that comes meanwhile is there after it.
     *
     * @throws DataAccessException
     *             of the last time
     */
    static <T> T runFor(Duration time, Supplier<T> work) {
        long begun = System.nanoTime();
        boolean interrupted = false;
        try {
            while (true) {
                // It would break the connection.
                interrupted |= Thread.interrupted();
                try {
                    return work.get();
                } catch (DataAccessException e) {
                    if (System.nanoTime() - begun > time.toNanos()) {
                        throw e;
                    }
                }
                LockSupport.parkNanos(AGAIN.toNanos());
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
