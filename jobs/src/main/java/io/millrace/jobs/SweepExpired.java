package io.millrace.jobs;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes results and keys that have expired, on a thread of its own, so that however many there are, nobody else waits for
 * it: a turn at each, every minute, or soon again while more is left.
 */
final class SweepExpired implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SweepExpired.class);
    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final Duration WHILE_MORE_IS_LEFT = Duration.ofSeconds(2);

    private final List<Supplier<Turns.Turn>> sweeps;
    private final Thread thread = Thread.ofVirtual().name("job-sweep").unstarted(this::sweepUntilClosed);

    SweepExpired(PostgresJobResults results, KeySweep keys) {
        this.sweeps = List.of(() -> results.deleteExpired(Turns.REAL), () -> keys.sweepIdempotencyKeys(Turns.REAL),
                () -> keys.sweepUniqueKeys(Turns.REAL));
    }

    void start() {
        thread.start();
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void sweepUntilClosed() {
        try {
            var pause = PAUSE;
            while (true) {
                Thread.sleep(pause);
                // Each of them, whatever the others came to.
                long unfinished = sweeps.stream().filter(sweep -> !isDone(sweep)).count();
                pause = unfinished == 0 ? PAUSE : WHILE_MORE_IS_LEFT;
            }
        } catch (InterruptedException e) {
            LOG.debug("no longer sweeping: stopping");
        }
    }

    private static boolean isDone(Supplier<Turns.Turn> sweep) {
        try {
            var turn = sweep.get();
            LOG.debug("swept {} results or keys; {}", turn.rows(), turn.done() ? "none is left" : "more are left");
            return turn.done();
        } catch (RuntimeException | Error e) {
            LOG.warn("what has expired was not deleted; trying again in {}", PAUSE, e);
            return true;
        }
    }
}
