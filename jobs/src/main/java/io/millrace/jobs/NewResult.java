package io.millrace.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * What a handler returned, to be kept for a time from its commit on.
 *
 * @param kept
 *            is told, after that commit, when it expires
 */
record NewResult(String type, String json, Duration ttl, Consumer<Instant> kept) {

    double seconds() {
        return ttl.toMillis() / 1_000.0;
    }
}
