package io.millrace.jobs;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes results and keys that have expired, and has {@link MapZones} go on, on a thread of its own, so that however much there is to
 * do, nobody else waits for it: a turn at each, every minute, or soon again while more is left.
 */
final class Housekeeping implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final Duration WHILE_MORE_IS_LEFT = Duration.ofSeconds(2);

    private final List<Supplier<Turns.Turn>> chores;
    private final Thread thread = Thread.ofVirtual().name("job-housekeeping").unstarted(this::keepHouse);

    Housekeeping(PostgresJobResults results, KeySweep keys, MapZones zones) {
        this.chores = List.of(() -> results.deleteExpired(Turns.REAL), () -> keys.sweepIdempotencyKeys(Turns.REAL),
                () -> keys.sweepUniqueKeys(Turns.REAL), () -> zones.map(Turns.REAL));
    }

    void start() {
        thread.start();
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void keepHouse() {
        try {
            var pause = PAUSE;
            while (true) {
                Thread.sleep(pause);
                // Each of them, whatever the others came to.
                long unfinished = chores.stream().filter(chore -> !isDone(chore)).count();
                pause = unfinished == 0 ? PAUSE : WHILE_MORE_IS_LEFT;
            }
        } catch (InterruptedException e) {
            LOG.debug("no more housekeeping: stopping");
        }
    }

    private static boolean isDone(Supplier<Turns.Turn> chore) {
        try {
            var turn = chore.get();
            LOG.debug("swept or mapped {}; {}", turn.rows(), turn.done() ? "none is left" : "more are left");
            return turn.done();
        } catch (RuntimeException | Error e) {
            LOG.warn("what has expired was not deleted, or what there is not mapped; trying again in {}", PAUSE, e);
            return true;
        }
    }
}
