package io.millrace.worker.mail.smtp;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Bounds what a time-out of the socket does not: a server that sends a byte now and then is never silent for long. One thread for
 * all connections, which only closes sockets, and ends where there are none.
 */
final class Deadlines {

    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1,
            Thread.ofPlatform().daemon().name("mail-deadlines").factory());

    Deadlines() {
        clock.setRemoveOnCancelPolicy(true);
        clock.setKeepAliveTime(1, TimeUnit.SECONDS);
        clock.allowCoreThreadTimeOut(true);
    }

    ScheduledExecutorService clock() {
        return clock;
    }

    /** Cuts the wire unless this is closed in time. */
    Deadline within(Duration time, Wire wire) {
        return new Deadline(clock.schedule(wire::cut, time.toNanos(), TimeUnit.NANOSECONDS));
    }

    record Deadline(Future<?> alarm) implements AutoCloseable {

        @Override
        public void close() {
            alarm.cancel(false);
        }
    }
}
