package io.millrace.jobs;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

import org.jobrunr.storage.StorageException;

/** Work with the database, or a wait for it, in the thread of a handler, which may be told to stop: an interrupt would break the connection. */
final class Uninterrupted {

    private static final Duration AGAIN = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private Uninterrupted() {
    }

    /** Once; an interrupt that was there before is there again after it. */
    static <T> T run(Supplier<T> work) {
        boolean interrupted = Thread.interrupted();
        try {
            return work.get();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** For a time at most; an interrupt that comes meanwhile is there after it. */
    static void await(CountDownLatch latch, Duration most) {
        boolean interrupted = false;
        long until = System.nanoTime() + most.toNanos();
        while (true) {
            try {
                boolean _ = latch.await(until - System.nanoTime(), TimeUnit.NANOSECONDS);
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Again and again for a time, also where an interrupt comes in the middle of it.
     *
     * @throws StorageException
     *             of the last time
     */
    static <T> T runFor(Duration time, Supplier<T> work) {
        long begun = System.nanoTime();
        boolean interrupted = false;
        try {
            for (var pause = AGAIN;; pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : pause) {
                interrupted |= Thread.interrupted();
                try {
                    return work.get();
                } catch (StorageException e) {
                    if (System.nanoTime() - begun > time.toNanos()) {
                        throw e;
                    }
                }
                interrupted |= Thread.interrupted();
                LockSupport.parkNanos(pause.toNanos());
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
