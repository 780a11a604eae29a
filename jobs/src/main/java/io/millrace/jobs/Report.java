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
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);
    private static final Duration KEPT_AFTER_ITS_END = Duration.ofMinutes(1);

    private final Reports reports;
    private final UnwrittenLines unwritten;
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
    private long endedAt;
    private boolean failed;
    private boolean goesAlone;
    private long writtenAt = System.nanoTime() - Reports.PERIOD.toNanos();

    Report(Reports reports, Job job, InstantSource clock) {
        this.reports = reports;
        this.unwritten = reports.unwritten();
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
            addLine(new Line(++said, now, storable));
            while (lines.size() > LINES || characters > CHARACTERS) {
                removeFirstLine();
            }
            announce();
        }
        unwritten.limit();
    }

    /** Postgres stores no NUL. */
    private static String storable(String text) {
        var line = text.length() <= LONGEST_LINE
                ? text
                : text.substring(0, LONGEST_LINE) + "… (" + text.length() + " characters)";
        return line.replace('\0', '\uFFFD');
    }

    private void addLine(Line line) {
        lines.add(line);
        characters += line.text.length();
        unwritten.add(line.text.length());
        if (lines.size() == 1) {
            unwritten.hasSome(this);
        }
    }

    private void removeFirstLine() {
        int length = lines.removeFirst().text.length();
        characters -= length;
        unwritten.remove(length);
        if (lines.isEmpty()) {
            unwritten.hasNone(this);
        }
    }

    /** Of its lines, those that are within its share of what all may take. */
    synchronized void keepNewest(long share) {
        while (!lines.isEmpty() && UnwrittenLines.sizeOf(lines.size(), characters) > share) {
            removeFirstLine();
        }
    }

    private void announce() {
        if (!announced) {
            announced = true;
            reports.add(this);
        }
    }

    /** That no more is to come: what is left is written now. Returns at once, and may be called again. */
    void end() {
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            endedAt = System.nanoTime();
            if (isWritten()) {
                allWritten.countDown();
                return;
            }
        }
        reports.add(this);
    }

    /**
     * Of one that has ended, returns when all is written, or after a while: the job must not wait for what is only shown. Also in a run
     * that is told to stop: what it said last may say why.
     */
    void awaitWritten() {
        Uninterrupted.await(allWritten, LONGEST_WAIT);
    }

    private boolean isWritten() {
        return progress == null && lines.isEmpty();
    }

    /** By System.nanoTime: a second after the last time, unless it has ended. */
    synchronized long dueAt(long now) {
        return ended && !failed ? now : writtenAt + Reports.PERIOD.toNanos();
    }

    /** Whether a transaction that was to write it has failed for what it was to write, perhaps because of this. */
    synchronized boolean goesAlone() {
        return goesAlone;
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
        failed = false;
        goesAlone = false;
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

    /** Whether it is to be added again: it may have been, by what was said meanwhile. */
    private synchronized boolean isNotWritten(boolean forItsData) {
        writtenAt = System.nanoTime();
        failed = true;
        goesAlone |= forItsData;
        if (announced || isGivenUp(writtenAt)) {
            return false;
        }
        announced = true;
        return true;
    }

    /** Whether it has ended too long ago to be kept any longer; then nothing of it is. */
    synchronized boolean isGivenUp(long now) {
        if (!ended || now - endedAt < KEPT_AFTER_ITS_END.toNanos()) {
            return false;
        }
        keepNewest(0);
        progress = null;
        return true;
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

        /**
         * Whether it is to be tried again: not for ever where nobody says more.
         *
         * @param forItsData
         *            whether what was written with it, or it itself, cannot be written
         */
        boolean notWritten(boolean forItsData) {
            return of.isNotWritten(forItsData);
        }
    }
}
