package io.millrace.jobs.figures;

import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does something again and again on a thread of the operating system's, with a pause before each time: virtual ones may wait for jobs that
 * have taken all carriers. What fails is tried again, and told when it begins to and when it goes on.
 */
final class Every implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Every.class);

    private final Duration pause;
    private final Runnable what;
    private final Thread thread;
    private boolean fails;

    Every(String name, Duration pause, Runnable what) {
        this.pause = pause;
        this.what = what;
        this.thread = Thread.ofPlatform().daemon().name(name).start(this::untilClosed);
    }

    private void untilClosed() {
        try {
            while (true) {
                Thread.sleep(pause);
                once();
            }
        } catch (InterruptedException e) {
            LOG.debug("{} ends: stopping", Thread.currentThread().getName());
        }
    }

    private void once() {
        var name = Thread.currentThread().getName();
        try {
            what.run();
            if (fails) {
                LOG.info("{} goes on", name);
            }
            fails = false;
        } catch (RuntimeException | Error e) {
            if (!fails && !Thread.currentThread().isInterrupted()) {
                LOG.warn("{} failed ({}); trying again every {}", name, e.toString(), pause);
            }
            fails = true;
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
