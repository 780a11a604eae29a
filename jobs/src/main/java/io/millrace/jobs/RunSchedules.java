package io.millrace.jobs;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker's thread for schedules: it waits for the time of the next one, as the database's clock says, and is told when schedules have
 * changed. Apart from the listener for wake-ups, which many schedules at one time would hold up.
 */
final class RunSchedules implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunSchedules.class);
    /** In case the database's clock is set, or nobody could tell of a change. */
    private static final Duration LOOK_ANYWAY = Duration.ofSeconds(30);
    private static final Duration LOOK_UNTOLD = Duration.ofSeconds(5);
    /** How soon to look again for what is due while somebody holds it, such as one who changes it. */
    private static final Duration HELD = Duration.ofMillis(20);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration LOOK_FOR_STRANGERS = Duration.ofMinutes(1);
    /** A worker of an earlier version may have said something else since. */
    private static final Duration SAY_TYPES = Duration.ofMinutes(1);
    private static final Duration LAST_MAY_TAKE = Duration.ofMillis(500);

    private final DueSchedules due;
    private final Duration longest;
    private final Semaphore changes = new Semaphore(0);
    private final Thread thread;
    private long sayTypesAt = System.nanoTime();
    private long strangersLookedFor = System.nanoTime();

    /**
     * Begins at once.
     *
     * @param told
     *            whether somebody tells it of changes
     */
    RunSchedules(DueSchedules due, boolean told) {
        this.due = due;
        this.longest = told ? LOOK_ANYWAY : LOOK_UNTOLD;
        this.thread = Thread.ofPlatform().daemon().name("job-schedules").start(this::runUntilClosed);
    }

    /** That something has changed. Returns at once. */
    void lookSoon() {
        changes.release();
    }

    private void runUntilClosed() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                if (changes.tryAcquire(look().toNanos(), TimeUnit.NANOSECONDS)) {
                    changes.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("no longer looking for schedules that are due: closed");
        }
    }

    /** Returns how long nothing is to be done. */
    private Duration look() {
        try {
            int enqueued = due.enqueue();
            sayTypes();
            lookForStrangers();
            var until = due.untilNext().filter(next -> next.compareTo(longest) < 0).orElse(longest);
            if (until.isPositive()) {
                return until;
            }
            return enqueued == 0 ? HELD : Duration.ZERO;
        } catch (Throwable e) {
            if (!Thread.currentThread().isInterrupted()) {
                LOG.warn("the jobs of schedules could not be put into the queue ({}); trying again in {}", e.toString(),
                        AFTER_FAILURE);
            }
            return AFTER_FAILURE;
        }
    }

    /** Its failure keeps no schedule from its jobs. */
    private void sayTypes() {
        if (System.nanoTime() - sayTypesAt >= 0) {
            sayTypesAt = System.nanoTime() + SAY_TYPES.toNanos();
            try {
                due.sayTypes();
            } catch (RuntimeException e) {
                LOG.warn("what the job types of this worker say could not be written ({}); trying again in {}",
                        e.toString(), SAY_TYPES);
            }
        }
    }

    private void lookForStrangers() {
        if (System.nanoTime() - strangersLookedFor >= LOOK_FOR_STRANGERS.toNanos()) {
            strangersLookedFor = System.nanoTime();
            due.noteStrangers();
        }
    }

    /** Waits a moment for a look under way. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(LAST_MAY_TAKE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
