package io.millrace.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

import org.awaitility.Awaitility;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Worker processes that are started again whenever they have died, as by whatever looks after services on a node. */
final class KeptWorkers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KeptWorkers.class);
    private static final Duration LOOK = Duration.ofMillis(200);

    private final String database;
    private final String[] settings;
    private final AtomicReferenceArray<WorkerProcess> workers;
    private final AtomicInteger starts = new AtomicInteger();
    private final AtomicInteger pausedNow = new AtomicInteger();
    private final ScheduledExecutorService keeper = Executors.newSingleThreadScheduledExecutor();

    KeptWorkers(String database, int workers, String... settings) {
        this.database = database;
        this.settings = settings;
        this.workers = new AtomicReferenceArray<>(workers);
        for (int i = 0; i < workers; i++) {
            launch(i);
        }
        var _ = keeper.scheduleWithFixedDelay(this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** SIGKILL, also for one that is paused. Another is started soon. */
    void kill(int worker) {
        workers.get(worker).kill();
    }

    /** SIGSTOP, and SIGCONT later. Returns at once; false if it has died meanwhile. */
    boolean pause(int worker, Duration time) throws Exception {
        var paused = workers.get(worker);
        if (!paused.isAlive()) {
            return false;
        }
        paused.pause();
        pausedNow.incrementAndGet();
        var _ = keeper.schedule(() -> resume(paused), time.toMillis(), TimeUnit.MILLISECONDS);
        return true;
    }

    /** Returns when none is paused any more, and those that were have had a moment to go on. */
    void awaitResumed() {
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> pausedNow.get() == 0);
        Awaitility.await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
    }

    /** Including those that found no database. */
    int starts() {
        return starts.get();
    }

    private void resume(WorkerProcess paused) {
        try {
            if (paused.isAlive()) {
                paused.resume();
            }
        } catch (Exception e) {
            LOG.warn("a worker that was stopped does not go on", e);
        } finally {
            pausedNow.decrementAndGet();
        }
    }

    private void look() {
        for (int i = 0; i < workers.length(); i++) {
            if (!workers.get(i).isAlive()) {
                launch(i);
            }
        }
    }

    private void launch(int worker) {
        try {
            workers.set(worker,
                    WorkerProcess.launch(database, "kept-" + worker + "-" + starts.incrementAndGet(), settings));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        keeper.shutdownNow();
        try {
            if (!keeper.awaitTermination(1, TimeUnit.MINUTES)) {
                LOG.warn("whoever keeps the workers does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (int i = 0; i < workers.length(); i++) {
            workers.get(i).close();
        }
    }
}
