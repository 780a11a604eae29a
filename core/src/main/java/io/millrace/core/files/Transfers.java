package io.millrace.core.files;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Bounds how many contents are on their way at once, where each of them holds much memory. Who comes when it is full waits in turn. */
final class Transfers {

    private final Semaphore places;
    private final Duration patience;
    private final String setting;

    /** @param setting by which there would be more */
    Transfers(int atOnce, Duration patience, String setting) {
        this.places = new Semaphore(atOnce, true);
        this.patience = patience;
        this.setting = setting;
    }

    /**
     * One place, which whoever has it must give back. Nobody may ask for a second one meanwhile.
     *
     * @throws ContentUnavailable
     *             if none becomes free in time, or the thread is interrupted
     */
    Room begin() {
        try {
            if (!places.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new ContentUnavailable("as many files as may be are being sent or read (" + setting + ")", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ContentUnavailable("interrupted while waiting for others to send or read their files", e);
        }
        var isOpen = new AtomicBoolean(true);
        return () -> {
            if (isOpen.getAndSet(false)) {
                places.release();
            }
        };
    }
}
