package io.millrace.client;

import java.time.Duration;

/** When a caller's patience is over. */
final class Deadline {

    private final long begun = System.nanoTime();
    private final Duration patience;

    Deadline(Duration patience) {
        this.patience = patience;
    }

    /** Zero when it is over. */
    Duration left() {
        var left = patience.minusNanos(System.nanoTime() - begun);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
