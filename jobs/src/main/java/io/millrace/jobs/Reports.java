package io.millrace.jobs;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jobrunr.jobs.Job;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what the runs of this process say, of each once a second and when it ends, many in one transaction. On one thread of
 * the operating system's, as jobs may use up all that carry virtual ones; it starts when the first run says something.
 */
final class Reports implements AutoCloseable {

    static final Duration PERIOD = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(Reports.class);
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(2);
    private static final int LINES_AT_ONCE = 2_000;
    private static final int AT_ONCE = 500;

    private final WriteReports write;
    private final InstantSource clock;
    private final Queue<Report> announced = new ConcurrentLinkedQueue<>();
    private final Semaphore asked = new Semaphore(0);
    private final Thread thread = Thread.ofPlatform().daemon().name("job-reports").unstarted(this::writeUntilClosed);
    private final AtomicBoolean started = new AtomicBoolean();
    private volatile boolean closed;
    /** Of its thread alone. */
    private final PriorityQueue<Due> later = new PriorityQueue<>();

    Reports(WriteReports write, InstantSource clock) {
        this.write = write;
        this.clock = clock;
    }

    /** Of a run that begins. */
    Report of(Job job) {
        return new Report(this, job, clock);
    }

    /** That it has something to write, or has ended. Returns at once. */
    void add(Report report) {
        announced.add(report);
        asked.release();
        if (!started.get() && started.compareAndSet(false, true)) {
            thread.start();
        }
    }

    /** Writes what is left, if the database answers soon. */
    @Override
    public void close() {
        closed = true;
        asked.release();
        try {
            if (started.get()) {
                thread.join(LONGEST_CLOSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeUntilClosed() {
        try {
            while (!closed) {
                awaitNextDue();
                writeAllDue(System.nanoTime());
            }
        } catch (InterruptedException e) {
            LOG.debug("no longer waiting for what jobs say: interrupted");
        }
        look();
        writeAllDue(System.nanoTime());
    }

    private void awaitNextDue() throws InterruptedException {
        var next = later.peek();
        if (next == null) {
            asked.acquire();
        } else {
            boolean _ = asked.tryAcquire(next.at - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
        asked.drainPermits();
        look();
    }

    private void look() {
        long now = System.nanoTime();
        for (var report = announced.poll(); report != null; report = announced.poll()) {
            later.add(new Due(report.dueAt(now), report));
        }
    }

    private void writeAllDue(long now) {
        var batch = new ArrayList<Report.News>();
        int lines = 0;
        while (!later.isEmpty() && (closed || later.peek().at - now <= 0)) {
            var report = later.remove().report;
            boolean alone = report.hasFailed();
            var news = report.take();
            if (news.isEmpty()) {
                continue;
            }
            if (alone) {
                write(List.of(news.get()));
                continue;
            }
            batch.add(news.get());
            lines += news.get().lines().size();
            if (batch.size() == AT_ONCE || lines >= LINES_AT_ONCE) {
                write(batch);
                batch = new ArrayList<>();
                lines = 0;
            }
        }
        write(batch);
    }

    private void write(List<Report.News> batch) {
        if (batch.isEmpty()) {
            return;
        }
        try {
            write.all(batch);
            batch.forEach(Report.News::written);
        } catch (RuntimeException | Error e) {
            LOG.warn("what {} jobs say could not be written ({}); trying again in {}", batch.size(), e.toString(),
                    PERIOD);
            batch.stream().filter(news -> news.notWritten() && !closed)
                    .forEach(news -> announced.add(news.of()));
            asked.release();
        }
    }

    private record Due(long at, Report report) implements Comparable<Due> {

        @Override
        public int compareTo(Due other) {
            return Long.signum(at - other.at);
        }
    }
}
