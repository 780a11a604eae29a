package io.millrace.benchmarks.load;

import java.time.Duration;
import java.util.Arrays;

/** Times of requests, all of them kept. Not thread-safe. */
public final class Latencies {

    private long[] nanos = new long[1024];
    private int size;

    /** Adds that of one request, in nanoseconds. */
    public void add(long latency) {
        if (size == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * size);
        }
        nanos[size++] = latency;
    }

    void addAll(Latencies others) {
        for (int i = 0; i < others.size; i++) {
            add(others.nanos[i]);
        }
    }

    /** How many there are. */
    public int count() {
        return size;
    }

    /** The time within which this share of the requests, from 0 to 1, was answered. */
    public Duration within(double share) {
        long[] sorted = Arrays.copyOf(nanos, size);
        Arrays.sort(sorted);
        return size == 0
                ? Duration.ZERO
                : Duration.ofNanos(sorted[Math.max(0, (int) Math.ceil(share * size) - 1)]);
    }
}
