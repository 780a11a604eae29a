package io.millrace.benchmarks.jobs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Jobs that went into the queue, and how long that took. */
record Enqueued(int jobs, Duration time) {

    /** Each in its own transaction, by several threads. */
    static Enqueued oneByOne(Peer peer, Sizes sizes) throws Exception {
        var next = new AtomicInteger();
        Callable<Integer> some = () -> {
            int enqueued = 0;
            for (int number = next.getAndIncrement(); number < sizes.singles(); number = next.getAndIncrement()) {
                peer.enqueue(number);
                enqueued++;
            }
            return enqueued;
        };
        List<Callable<Integer>> threads = new ArrayList<>();
        for (int i = 0; i < sizes.connections(); i++) {
            threads.add(some);
        }
        try (var executor = Executors.newFixedThreadPool(sizes.connections())) {
            long start = System.nanoTime();
            int enqueued = 0;
            for (var ended : executor.invokeAll(threads)) {
                enqueued += ended.get();
            }
            return new Enqueued(enqueued, Duration.ofNanos(System.nanoTime() - start));
        }
    }

    /** In the peer's own way for many. */
    static Enqueued inBulk(Peer peer, int jobs) throws Exception {
        long start = System.nanoTime();
        peer.enqueueAll(jobs);
        return new Enqueued(jobs, Duration.ofNanos(System.nanoTime() - start));
    }

    double perSecond() {
        return jobs * 1e9 / time.toNanos();
    }
}
