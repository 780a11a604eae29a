package io.millrace.jobs;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import io.millrace.jobs.WatchedJobs.Seen;

/** What somebody waits for of a job. Equal only to itself: several may wait for the same. */
final class Asked {

    private final UUID job;
    private final @Nullable JobPosition since;
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile @Nullable JobNews news;
    private volatile boolean gone;
    /** Of the thread that looks alone. */
    private boolean looked;

    private Asked(UUID job, @Nullable JobPosition since) {
        this.job = job;
        this.since = since;
    }

    static Asked end(UUID job) {
        return new Asked(job, null);
    }

    static Asked news(UUID job, JobPosition since) {
        return new Asked(job, since);
    }

    UUID job() {
        return job;
    }

    /** Null where only the job's end is asked for. */
    @Nullable
    JobPosition since() {
        return since;
    }

    Seen seen() {
        return new Seen(job, since == null ? Seen.STATE_ONLY : since.version());
    }

    /** Whether this is the first look since it was asked. */
    boolean isFirstLook() {
        boolean first = !looked;
        looked = true;
        return first;
    }

    void hasEnded() {
        done.countDown();
    }

    void is(JobNews answer) {
        news = answer;
        done.countDown();
    }

    void isGone() {
        gone = true;
        done.countDown();
    }

    boolean isAnswered() {
        return done.getCount() == 0;
    }

    /** Whether it was answered in time. */
    boolean await(Duration patience) throws InterruptedException {
        return done.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    Optional<JobNews> newsOr(JobNews none) {
        var found = news;
        return gone ? Optional.empty() : Optional.of(found == null ? none : found);
    }
}
