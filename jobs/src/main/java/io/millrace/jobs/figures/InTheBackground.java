package io.millrace.jobs.figures;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** What goes on while the application runs: from before it takes requests and jobs until after it has ended the last of them. */
final class InTheBackground implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(InTheBackground.class);
    private static final Duration LAST_TAKES = Duration.ofSeconds(3);

    private final Supplier<List<Every>> start;
    private final Runnable last;
    private List<Every> running = List.of();

    /**
     * @param last
     *            to be done at the end; where that takes long, as without a database, nobody waits for it
     */
    InTheBackground(Supplier<List<Every>> start, Runnable last) {
        this.start = start;
        this.last = last;
    }

    @Override
    public synchronized void start() {
        if (running.isEmpty()) {
            running = start.get();
        }
    }

    @Override
    public synchronized void stop() {
        running.forEach(Every::close);
        running = List.of();
        var thread = Thread.ofPlatform().daemon().name("job-figures-last").start(this::last);
        try {
            thread.join(LAST_TAKES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void last() {
        try {
            last.run();
        } catch (RuntimeException e) {
            LOG.warn("the last figures of this process are lost ({})", e.toString());
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return !running.isEmpty();
    }

    /** The web server and the worker have higher ones. */
    @Override
    public int getPhase() {
        return 0;
    }
}
