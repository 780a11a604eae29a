package io.millrace.jobs.figures;

import java.time.Duration;

/**
 * Durations by their order of magnitude, as DDSketch has it (Masson, Rim and Lee, VLDB 2019): each bucket reaches a tenth further than the
 * one before, and its middle is within 5 % of all in it.
 */
final class Buckets {

    static final Duration SHORTEST = Duration.ofNanos(10_000);
    static final Duration LONGEST = Duration.ofDays(30);

    private static final double GROWTH = 1.1;
    private static final double LOG_OF_GROWTH = Math.log(GROWTH);
    private static final double LOG_OF_SHORTEST = Math.log((double) SHORTEST.toNanos());

    /** The first is of what is shorter than the shortest, the last of what is longer than the longest as well. */
    static final int COUNT = of(LONGEST.toNanos(), Integer.MAX_VALUE) + 1;

    private Buckets() {
    }

    static int of(Duration duration) {
        // Nanoseconds in a long are 292 years.
        return duration.compareTo(LONGEST) >= 0 ? COUNT - 1 : of(duration.toNanos(), COUNT - 1);
    }

    private static int of(long nanos, int last) {
        if (nanos < SHORTEST.toNanos()) {
            return 0;
        }
        return Math.min(last, 1 + (int) ((Math.log((double) nanos) - LOG_OF_SHORTEST) / LOG_OF_GROWTH));
    }

    static Duration middle(int bucket) {
        if (bucket == 0) {
            return SHORTEST.dividedBy(2);
        }
        double from = Math.exp(LOG_OF_SHORTEST + (bucket - 1) * LOG_OF_GROWTH);
        return Duration.ofNanos(Math.round(from * 2 * GROWTH / (1 + GROWTH)));
    }
}
