package io.millrace.benchmarks.jobs;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;

/**
 * Times from the return of enqueue to the handler's first line, while there is nothing else to do.
 *
 * @param sorted
 *            nanoseconds; none where the handler was faster than the return
 */
@SuppressWarnings("ArrayRecordComponent") // nobody else gets hold of it
record PickedUp(long[] sorted) {

    private static final Duration AT_MOST = Duration.ofSeconds(30);
    private static final int FEWEST = 5;

    static PickedUp of(Peer peer, int samples) throws Exception {
        int jobs = (int) Math.max(FEWEST, samples * Peer.SHORT_PAUSE.toNanos() / peer.pause().toNanos());
        var work = new Work(jobs + 1, Duration.ZERO);
        // The first one tells that the workers are there.
        peer.enqueue(jobs);
        peer.startWorkers(work);
        awaitStart(work, jobs);
        long[] returned = new long[jobs];
        for (int number = 0; number < jobs; number++) {
            Thread.sleep(Duration.ofNanos(ThreadLocalRandom.current().nextLong(peer.pause().toNanos())));
            peer.enqueue(number);
            returned[number] = System.nanoTime();
        }
        work.await(AT_MOST);
        return between(returned, work);
    }

    private static void awaitStart(Work work, int number) throws InterruptedException, TimeoutException {
        long start = System.nanoTime();
        while (!work.hasStarted(number)) {
            if (System.nanoTime() - start > AT_MOST.toNanos()) {
                throw new TimeoutException("no worker within " + AT_MOST);
            }
            Thread.sleep(Duration.ofMillis(5));
        }
    }

    static PickedUp between(long[] returned, Work work) {
        long[] latencies = new long[returned.length];
        for (int number = 0; number < latencies.length; number++) {
            latencies[number] = Math.max(0, work.startOf(number) - returned[number]);
        }
        Arrays.sort(latencies);
        return new PickedUp(latencies);
    }

    /** The time within which this share of the jobs, from 0 to 1, was picked up. */
    double millisWithin(double share) {
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)] / 1e6;
    }

    double samples() {
        return sorted.length;
    }
}
