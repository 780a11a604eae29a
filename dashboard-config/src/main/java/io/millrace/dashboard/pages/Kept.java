package io.millrace.dashboard.pages;

import java.time.Duration;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/** What is not asked for again for a while, however many look at it. Who comes while it is asked for waits for the answer. */
final class Kept<T> {

    private final Duration length;
    private final Supplier<T> source;
    private @Nullable T value;
    private long since;

    Kept(Duration length, Supplier<T> source) {
        this.length = length;
        this.source = source;
    }

    synchronized T get() {
        var kept = value;
        if (kept == null || System.nanoTime() - since >= length.toNanos()) {
            kept = source.get();
            value = kept;
            since = System.nanoTime();
        }
        return kept;
    }
}
