package io.millrace.jobs;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Lock;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the jobs of a server that stops: they have time to finish, then they are told to stop and have a last moment, and what is
 * left goes back into the queue, where it was before it was taken. It waits for attempts, not for threads: those of runs that
 * were taken away may never end.
 */
final class FinishJobs {

    private static final Logger LOG = LoggerFactory.getLogger(FinishJobs.class);
    /** In which a handler that was told to stop may close what it opened. */
    private static final Duration LAST_MOMENT = Duration.ofSeconds(1);
    private static final Duration SAVES_TAKE = Duration.ofMillis(500);
    /** By who saves a checkpoint, begins an effect or commits at that moment. */
    private static final Duration ROWS_ARE_HELD = Duration.ofMillis(500);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

    private final JobsUnderWay underWay;
    private final OwnJobs own;
    private final Duration time;
    private final Duration lastMoment;

    /**
     * @param time
     *            that they have to end; the last moment is the end of it, and not more than half of it
     */
    FinishJobs(JobsUnderWay underWay, OwnJobs own, Duration time) {
        this.underWay = underWay;
        this.own = own;
        this.time = time;
        this.lastMoment = LAST_MOMENT.multipliedBy(2).compareTo(time) <= 0 ? LAST_MOMENT : time.dividedBy(2);
    }

    /** Those that were taken and whose handler was not called yet go back as soon as their thread comes to it. */
    void beginNone() {
        engines().forEach(attempt -> attempt.tellUnlessBegun(Attempt.Told.STOPPING));
    }

    /**
     * Returns when all that the server had taken are saved or put back.
     *
     * @param handingOver
     *            free as soon as all that was fetched is handed over
     * @return false if it left some as they were: others find out by the server's heartbeat
     */
    boolean inTime(Lock handingOver) {
        try {
            long begun = System.nanoTime();
            await(handingOver);
            if (!became(() -> withWork().findAny().isEmpty(), begun, time.minus(lastMoment))) {
                LOG.warn("{} jobs have not ended in time; they are told to stop", withWork().count());
                engines().forEach(attempt -> attempt.tell(Attempt.Told.STOPPING));
            }
            became(() -> attempts().isEmpty(), System.nanoTime(), lastMoment);
            putBack();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (RuntimeException e) {
            LOG.warn("jobs that had not ended could not be put back ({}); others find them soon", e.toString());
            return false;
        }
    }

    /** Not those of cancelled jobs, and of others' by now: they were told already, and have the last moment like all. */
    private Stream<Attempt> withWork() {
        return underWay.withReplaced().filter(attempt -> !attempt.hasLostItsJob());
    }

    /** A run of JobRunr's own performer is not told: it would fail, and cost an attempt. */
    private Stream<Attempt> engines() {
        return attempts().stream().filter(attempt -> Envelope.of(attempt.job()).isPresent());
    }

    /** Whatever the rows say is running here, also what ended and could not be saved: nobody would look after it any more. */
    private void putBack() throws InterruptedException {
        long taken = attempts().stream().filter(Attempt::takeAway).count();
        if (!became(() -> attempts().stream().allMatch(Attempt::isTakenAway), System.nanoTime(), SAVES_TAKE)) {
            LOG.warn("jobs that have ended are still not saved; they run again elsewhere");
        }
        var back = new LongAdder();
        became(() -> {
            back.add(own.putBackAll());
            return own.areNone();
        }, System.nanoTime(), ROWS_ARE_HELD);
        if (back.sum() > 0 || taken > 0) {
            LOG.warn("{} jobs had not ended when they were told to stop; {} were put back and run again elsewhere",
                    taken, back.sum());
        }
        attempts().forEach(attempt -> {
            attempt.interrupt();
            underWay.done(attempt);
        });
    }

    private static void await(Lock handingOver) throws InterruptedException {
        handingOver.lockInterruptibly();
        try {
            LOG.debug("nothing is handed over any more");
        } finally {
            handingOver.unlock();
        }
    }

    private Collection<Attempt> attempts() {
        return underWay.withReplaced().toList();
    }

    private static boolean became(BooleanSupplier condition, long since, Duration within) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - since >= within.toNanos()) {
                return false;
            }
            Thread.sleep(LOOK_AGAIN);
        }
        return true;
    }
}
