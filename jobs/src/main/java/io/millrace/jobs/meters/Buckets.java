package io.millrace.jobs.meters;

import java.time.Duration;
import java.util.stream.Stream;

/**
 * The buckets of the histograms. Fixed, so that those of all processes and versions can be added up, and few, as each is a series for each
 * job type and queue.
 */
final class Buckets {

    private Buckets() {
    }

    /** Of runs, and of what comes before them. */
    static Duration[] ofJobs() {
        return times("PT0.005S", "PT0.025S", "PT0.1S", "PT0.25S", "PT0.5S", "PT1S", "PT2.5S", "PT5S", "PT15S", "PT30S",
                "PT1M", "PT5M", "PT15M", "PT1H");
    }

    /** Of what the store does: a statement or a few. */
    static Duration[] ofTheStore() {
        return times("PT0.001S", "PT0.0025S", "PT0.005S", "PT0.01S", "PT0.025S", "PT0.05S", "PT0.1S", "PT0.25S", "PT1S",
                "PT5S");
    }

    /** Of a batch. */
    static double[] ofSizes() {
        return new double[]{1, 2, 5, 10, 25, 50, 100, 250, 512};
    }

    private static Duration[] times(String... times) {
        return Stream.of(times).map(Duration::parse).toArray(Duration[]::new);
    }
}
