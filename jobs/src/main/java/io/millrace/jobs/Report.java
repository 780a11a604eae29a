package io.millrace.jobs;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jobrunr.jobs.Job;
import org.jspecify.annotations.Nullable;

import io.millrace.jobs.JobStatus.Progress;

/** What one run of a job has said and is not written yet: its progress, and the newest lines of its log. */
final class Report {

    /** How many lines are kept, here and of a job. */
    static final int LINES = 1_000;
    private static final int LONGEST_LINE = 4_000;
    private static final int CHARACTERS = 256_000;
    private static final int LINES_BETWEEN_PRUNINGS = 100;
    private static final int MOST_FAILURES = 60;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private final Reports reports;
    private final UUID job;
    private final int run;
    private final int place;
    private final InstantSource clock;
    private final Deque<Line> lines = new ArrayDeque<>(1);
    private final CountDownLatch allWritten = new CountDownLatch(1);
    private @Nullable Progress progress;
    private int said;
    private int characters;
    private int prunedAt = -LINES_BETWEEN_PRUNINGS;
    private boolean announced;
    private boolean ended;
    private int failures;
    private long writtenAt = System.nanoTime() - Reports.PERIOD.toNanos();

    Report(Reports reports, Job job, InstantSource clock) {
        this.reports = reports;
        this.job = job.getId();
        this.run = job.getVersion();
        this.place = job.getJobStates().size();
        this.clock = clock;
    }

    static void check(long done, long total) {
        if (done < 0 || done > total) {
            throw new IllegalArgumentException("progress needs 0 <= done <= total, but was " + done + " of " + total);
        }
    }

    void progress(Progress now) {
        check(now.done(), now.total());
        synchronized (this) {
            progress = now;
            announce();
        }
    }

    void log(String text) {
        var storable = storable(text);
        var now = clock.instant();
        synchronized (this) {
            lines.add(new Line(++said, now, storable));
            characters += storable.length();
            while (lines.size() > LINES || characters > CHARACTERS) {
                removeFirstLine();
            }
            announce();
        }
    }

    /** Postgres stores no NUL. */
    private static String storable(String text) {
        var line = text.length() <= LONGEST_LINE
                ? text
                : text.substring(0, LONGEST_LINE) + "… (" + text.length() + " characters)";
        return line.replace('\0', '\uFFFD');
    }

    private void removeFirstLine() {
        characters -= lines.removeFirst().text.length();
    }

    private void announce() {
        if (!announced) {
            announced = true;
            reports.add(this);
        }
    }

    /** Returns when all is written, or after a while: the job must not wait for what is only shown. */
    void end() {
        synchronized (this) {
            ended = true;
            if (isWritten()) {
                return;
            }
        }
        reports.add(this);
        awaitAllWritten();
    }

    /** Also in a run that is told to stop: what it said last may say why. */
    private void awaitAllWritten() {
        boolean interrupted = false;
        long until = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (true) {
            try {
                boolean _ = allWritten.await(until - System.nanoTime(), TimeUnit.NANOSECONDS);
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isWritten() {
        return progress == null && lines.isEmpty();
    }

    /** By System.nanoTime: a second after the last time, unless it has ended. */
    synchronized long dueAt(long now) {
        return ended && failures == 0 ? now : writtenAt + Reports.PERIOD.toNanos();
    }

    /** Whether a transaction that was to write it has failed, perhaps because of it. */
    synchronized boolean hasFailed() {
        return failures > 0;
    }

    /** What is to be written now; it stays here until it is. */
    synchronized Optional<News> take() {
        announced = false;
        if (isWritten()) {
            return Optional.empty();
        }
        boolean prunes = !lines.isEmpty() && said - prunedAt >= LINES_BETWEEN_PRUNINGS;
        return Optional.of(new News(this, job, run, place, progress, List.copyOf(lines), prunes));
    }

    private synchronized void isWritten(News news) {
        failures = 0;
        writtenAt = System.nanoTime();
        if (Objects.equals(news.progress, progress)) {
            progress = null;
        }
        while (!lines.isEmpty() && !news.lines.isEmpty()
                && lines.getFirst().number <= news.lines.getLast().number) {
            removeFirstLine();
        }
        if (news.prunes) {
            prunedAt = news.lines.getLast().number;
        }
        if (ended && isWritten()) {
            allWritten.countDown();
        }
    }

    private synchronized boolean isNotWritten() {
        writtenAt = System.nanoTime();
        announced = true;
        return ++failures < MOST_FAILURES || !ended;
    }

    record Line(int number, Instant saidAt, String text) {
    }

    /**
     * A part of it for one transaction.
     *
     * @param prunes
     *            whether old lines of its job may be too many by now
     */
    record News(Report of, UUID job, int run, int place, @Nullable Progress progress, List<Line> lines,
            boolean prunes) {

        void written() {
            of.isWritten(this);
        }

        /** Whether it is to be tried again: not for ever where nobody says more. */
        boolean notWritten() {
            return of.isNotWritten();
        }
    }
}
