package io.millrace.jobs;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before a job is tried again: doubling from {@code initial} up to {@code max}, each wait drawn evenly
 * from its upper half, so that jobs which failed together do not come back together ("equal jitter" of the AWS
 * Architecture Blog's "Exponential Backoff And Jitter").
 */
record BackOff(Duration initial, Duration max) {

    /** What {@link JobType} says where a type says nothing. */
    static final BackOff OF_UNKNOWN_TYPES = new BackOff(Duration.ofSeconds(3), Duration.ofHours(1));

    BackOff {
        if (initial.isNegative() || initial.isZero() || max.compareTo(initial) < 0) {
            throw new IllegalArgumentException(
                    "a back-off needs 0 < initial <= max, but was " + initial + " to " + max);
        }
    }

    /**
     * @param failures
     *            how often it has failed by now, at least 1
     */
    Duration afterFailure(int failures, RandomGenerator random) {
        int doublings = Math.min(failures - 1, 32);
        long cap = max.toMillis();
        long whole = initial.toMillis() > cap >> doublings ? cap : initial.toMillis() << doublings;
        return Duration.ofMillis(whole / 2 + random.nextLong(whole / 2 + 1));
    }
}
