package io.millrace.client;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How often a call is repeated, and after which pauses: they double, and half of each is left to chance, so that callers whom one outage
 * has hit do not come back together.
 *
 * @param retries
 *            after the first attempt
 * @param longest
 *            of the pauses, also of those that a server asks for
 */
record BackOff(int retries, Duration first, Duration longest) {

    BackOff {
        if (retries < 0 || first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "retries must not be negative, the first pause must be positive and the longest not shorter");
        }
    }

    /** Before the next attempt. */
    Duration pause(int failures) {
        double doubled = first.toMillis() * Math.pow(2, failures - 1.0);
        long most = Math.min((long) doubled, longest.toMillis());
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(most / 2, most + 1));
    }
}
