package io.millrace.jobs;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the runs of one server to stop that have used up their time, and gives up those that do not stop when they were told to,
 * for whatever reason. It looks at all of them again and again, which costs the start and the end of a job nothing; on a thread
 * of the operating system's, as jobs may use up all that carry virtual ones.
 */
final class TimeLimits implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TimeLimits.class);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final int DEEPEST_FRAMES = 8;

    private final JobsUnderWay underWay;
    private final TellEvents events;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = Thread.ofPlatform().daemon().name("job-time-limits").unstarted(this::lookUntilClosed);

    TimeLimits(JobsUnderWay underWay, TellEvents events) {
        this.underWay = underWay;
        this.events = events;
    }

    void start() {
        thread.start();
    }

    @Override
    public void close() {
        closed.countDown();
    }

    private void lookUntilClosed() {
        try {
            while (!closed.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                long now = System.nanoTime();
                underWay.withReplaced().forEach(attempt -> look(attempt, now));
            }
        } catch (InterruptedException e) {
            LOG.debug("no longer looking: interrupted");
        }
    }

    private void look(Attempt attempt, long now) {
        try {
            if (attempt.isOverdue(now) && attempt.tell(Attempt.Told.OUT_OF_TIME)) {
                LOG.warn("job {} has used up its time and is told to stop", attempt.job().getId());
                events.timedOut(attempt.job());
            } else if (attempt.ignoresWhatItWasTold(now) && attempt.told() != Attempt.Told.STOPPING) {
                giveUp(attempt);
            }
        } catch (RuntimeException | Error e) {
            LOG.error("the time of job {} could not be looked at", attempt.job().getId(), e);
        }
    }

    /** What {@link FinishJobs} tells to stop, it gives up itself. */
    private static void giveUp(Attempt attempt) {
        var itsThread = attempt.thread();
        if (attempt.giveUp()) {
            LOG.error("the handler of job {} was told to stop ({}) and goes on; its slot is free, its thread is at {}",
                    attempt.job().getId(), attempt.told(), place(itsThread));
        }
    }

    private static String place(@Nullable Thread where) {
        var place = new StringBuilder();
        if (where != null) {
            var frames = where.getStackTrace();
            for (int i = 0; i < Math.min(frames.length, DEEPEST_FRAMES); i++) {
                place.append("\n\tat ").append(frames[i]);
            }
        }
        return place.toString();
    }
}
