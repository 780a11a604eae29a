package io.millrace.jobs;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Long work in batches that are short, with a rest after each for as long as it took, so that the database is others' for half
 * the time. A turn ends after a while, done or not, or when its thread is interrupted. Public for the engine's other packages
 * alone.
 */
public final class Turns {

    /** By the machine's time. */
    public static final Turns REAL = new Turns(System::nanoTime, LockSupport::parkNanos);

    private static final Duration LONGEST = Duration.ofSeconds(2);

    private final LongSupplier nanos;
    private final LongConsumer rest;

    Turns(LongSupplier nanos, LongConsumer rest) {
        this.nanos = nanos;
        this.rest = rest;
    }

    /**
     * What a turn came to.
     *
     * @param done
     *            whether nothing was left
     */
    public record Turn(int rows, boolean done) {
    }

    /**
     * One turn.
     *
     * @param batch
     *            says how many rows it came to; fewer than {@code atOnce} when nothing is left
     */
    public Turn take(int atOnce, IntSupplier batch) {
        int rows = 0;
        long began = nanos.getAsLong();
        while (true) {
            long before = nanos.getAsLong();
            int some = batch.getAsInt();
            long after = nanos.getAsLong();
            rows += some;
            if (some < atOnce) {
                return new Turn(rows, true);
            }
            if (after - began > LONGEST.toNanos() || Thread.currentThread().isInterrupted()) {
                return new Turn(rows, false);
            }
            rest.accept(after - before);
        }
    }
}
