package io.millrace.jobs;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private final UnwrittenLines unwritten;
    private final Queue<Report> announced = new ConcurrentLinkedQueue<>();
    private final Semaphore asked = new Semaphore(0);
    private final Thread thread = Thread.ofPlatform().daemon().name("job-reports").unstarted(this::writeUntilClosed);
    private final AtomicBoolean started = new AtomicBoolean();
    private volatile boolean closed;
    /** Of its thread alone, as what follows: when each is to be written. Where {@code due} says otherwise by now, it is not. */
    private final PriorityQueue<Due> later = new PriorityQueue<>();
    private final Map<Report, Due> due = new HashMap<>();
    /** By System.nanoTime: the database is left alone for a while when it refuses all. */
    private long notBefore = System.nanoTime();

    Reports(WriteReports write, InstantSource clock) {
        this(write, clock, UnwrittenLines.MOST);
    }

    Reports(WriteReports write, InstantSource clock, long mostUnwritten) {
        this.write = write;
        this.clock = clock;
        this.unwritten = new UnwrittenLines(mostUnwritten);
    }

    UnwrittenLines unwritten() {
        return unwritten;
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
            long now = System.nanoTime();
            boolean _ = asked.tryAcquire(Math.max(next.at - now, notBefore - now), TimeUnit.NANOSECONDS);
        }
        asked.drainPermits();
        look();
    }

    private void look() {
        long now = System.nanoTime();
        for (var report = announced.poll(); report != null; report = announced.poll()) {
            var its = new Due(report.dueAt(now), report);
            var known = due.get(report);
            if (known == null || its.compareTo(known) < 0) {
                due.put(report, its);
                later.add(its);
            }
        }
    }

    /** Empty if none is due. */
    private Optional<Report> firstDue(long now) {
        while (!later.isEmpty() && (closed || later.peek().at - now <= 0)) {
            var first = later.element();
            if (first.equals(due.get(first.report))) {
                return Optional.of(first.report);
            }
            later.remove();
        }
        return Optional.empty();
    }

    private void writeAllDue(long now) {
        if (!closed && notBefore - now > 0) {
            return;
        }
        int failed = 0;
        Throwable why = null;
        for (var batch = next(now); !batch.isEmpty(); batch = next(now)) {
            try {
                write.all(batch);
                batch.forEach(Report.News::written);
            } catch (RuntimeException | Error e) {
                failed += batch.size();
                why = e;
                boolean forTheirData = SqlFailure.isOfTheData(e);
                batch.stream().filter(news -> news.notWritten(forTheirData)).forEach(news -> announced.add(news.of()));
                if (!forTheirData) {
                    leaveTheDatabaseAlone();
                    break;
                }
            }
        }
        if (why != null) {
            LOG.warn("what {} jobs say could not be written ({}); trying again in {}", failed, why.toString(), PERIOD);
            asked.release();
        }
    }

    private void leaveTheDatabaseAlone() {
        long now = System.nanoTime();
        notBefore = now + PERIOD.toNanos();
        due.keySet().removeIf(report -> report.isGivenUp(now));
    }

    /** As many of those that are due as go into one transaction. Whoever may make others fail goes alone. */
    private List<Report.News> next(long now) {
        var batch = new ArrayList<Report.News>();
        int lines = 0;
        while (batch.size() < AT_ONCE && lines < LINES_AT_ONCE) {
            var report = firstDue(now).orElse(null);
            boolean alone = report != null && report.goesAlone();
            if (report == null || (alone && !batch.isEmpty())) {
                break;
            }
            later.remove();
            due.remove(report);
            var news = report.take();
            if (news.isPresent()) {
                batch.add(news.get());
                lines += news.get().lines().size();
                if (alone) {
                    break;
                }
            }
        }
        return batch;
    }

    private record Due(long at, Report report) implements Comparable<Due> {

        @Override
        public int compareTo(Due other) {
            return Long.signum(at - other.at);
        }
    }
}
