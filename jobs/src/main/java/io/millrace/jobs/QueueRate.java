package io.millrace.jobs;

import java.time.Duration;

/**
 * How many jobs of a queue may start in any time that long.
 *
 * @param jobs
 *            1 to 1,000,000
 * @param per
 *            a millisecond to ten years
 */
public record QueueRate(int jobs, Duration per) {

    private static final int MOST = 1_000_000;
    private static final Duration SHORTEST = Duration.ofMillis(1);

    /**
     * Checks the ranges above.
     *
     * @throws InvalidEnqueueOption
     *             if one does not hold
     */
    public QueueRate {
        InvalidEnqueueOption.check("rate", jobs >= 1 && jobs <= MOST, "must be of 1 to " + MOST + " jobs");
        InvalidEnqueueOption.check("rate",
                per.compareTo(SHORTEST) >= 0 && per.compareTo(EnqueueOptions.LONGEST) <= 0,
                "must be per " + SHORTEST + " to " + EnqueueOptions.LONGEST);
    }
}
