package io.millrace.benchmarks.jobs;

import java.time.Duration;

/**
 * A full queue that was worked off.
 *
 * @param toFirst
 *            from the start of the workers to the first line of the first handler
 * @param time
 *            from there until every row was at its end
 * @param written
 *            by all of it, the enqueueing excepted
 * @param repeated
 *            runs of jobs that had run before
 */
record DrainedQueue(Enqueued enqueued, Duration toFirst, Duration time, Written written, int repeated) {

    private static final Duration AT_MOST = Duration.ofMinutes(1);

    static DrainedQueue of(Peer peer, int jobs, Duration length) throws Exception {
        var work = new Work(jobs, length);
        var enqueued = Enqueued.inBulk(peer, jobs);
        peer.database().execute("vacuum analyze", "checkpoint");
        Written before = peer.database().written();
        long start = System.nanoTime();
        peer.startWorkers(work);
        work.await(AT_MOST);
        peer.database().awaitNot(peer.unfinished(), AT_MOST);
        long end = System.nanoTime();
        return new DrainedQueue(enqueued, Duration.ofNanos(work.firstStart() - start),
                Duration.ofNanos(end - work.firstStart()), peer.database().written().since(before), work.repeated());
    }

    double enqueuedPerSecond() {
        return enqueued.perSecond();
    }

    double drainedPerSecond() {
        return enqueued.jobs() * 1e9 / time.toNanos();
    }

    double transactionsPerJob() {
        return (double) written.transactions() / enqueued.jobs();
    }

    double kilobytesOfLogPerJob() {
        return written.walBytes() / 1e3 / enqueued.jobs();
    }

    double secondsToFirst() {
        return toFirst.toNanos() / 1e9;
    }
}
