package io.millrace.jobs.figures;

import java.io.ByteArrayOutputStream;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.millrace.jobs.figures.JobFigures.Times;

/** How many durations there were in each of {@link Buckets}; not safe for concurrent use. */
final class Histogram {

    private static final int BITS = 7;
    private static final int SEVEN_BITS = 0x7f;
    private static final int MORE = 0x80;

    private final long[] counts = new long[Buckets.COUNT];

    void add(int bucket, long some) {
        counts[bucket] += some;
    }

    void add(Histogram other) {
        for (int bucket = 0; bucket < counts.length; bucket++) {
            counts[bucket] += other.counts[bucket];
        }
    }

    /** Adds what {@link #stored} has made, also in a version with more buckets: what is beyond them counts for the last one. */
    void addStored(byte[] stored) {
        var numbers = new Numbers(stored);
        long bucket = -1;
        while (numbers.hasMore()) {
            bucket += numbers.next();
            counts[Math.clamp(bucket, 0, counts.length - 1)] += numbers.next();
        }
    }

    /** Two numbers for each bucket that has any: how many further it is than the last one, and how many it has; as LEB128. */
    byte[] stored() {
        var bytes = new ByteArrayOutputStream();
        int last = -1;
        for (int bucket = 0; bucket < counts.length; bucket++) {
            if (counts[bucket] > 0) {
                write(bucket - last, bytes);
                write(counts[bucket], bytes);
                last = bucket;
            }
        }
        return bytes.toByteArray();
    }

    private static void write(long number, ByteArrayOutputStream bytes) {
        long left = number;
        while (left > SEVEN_BITS) {
            bytes.write((int) (left & SEVEN_BITS) | MORE);
            left >>>= BITS;
        }
        bytes.write((int) left);
    }

    Times times() {
        long all = 0;
        for (long some : counts) {
            all += some;
        }
        return all == 0
                ? Times.NONE
                : new Times(quantile(0.5, all), quantile(0.95, all), quantile(0.99, all),
                        quantile(1, all));
    }

    /** The shortest of which at least that share is no longer. */
    private @Nullable Duration quantile(double share, long all) {
        long wanted = (long) Math.ceil(share * all);
        for (int bucket = 0; bucket < counts.length; bucket++) {
            wanted -= counts[bucket];
            if (wanted <= 0) {
                return Buckets.middle(bucket);
            }
        }
        return null;
    }

    /** What {@link #write} has written, one after the other. */
    private static final class Numbers {

        private final byte[] bytes;
        private int at;

        Numbers(byte[] bytes) {
            this.bytes = bytes;
        }

        boolean hasMore() {
            return at < bytes.length;
        }

        long next() {
            long number = 0;
            for (int shift = 0; hasMore(); shift += BITS) {
                byte some = bytes[at++];
                number |= (long) (some & SEVEN_BITS) << shift;
                if (some >= 0) {
                    break;
                }
            }
            return number;
        }
    }
}
