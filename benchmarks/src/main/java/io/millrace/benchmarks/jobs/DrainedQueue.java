package io.millrace.benchmarks.jobs;

import java.time.Duration;

/**
 * A full queue that was worked off.
 *
 * @param toFirst
 *            from the start of the workers to the first line of the first handler
 * @param time
 *            from there until every row was at its end
 * @param repeated
 *            runs of jobs that had run before
 */
record DrainedQueue(Enqueued enqueued, Duration toFirst, Duration time, int repeated) {

    private static final Duration AT_MOST = Duration.ofMinutes(1);

    static DrainedQueue of(Peer peer, int jobs, Duration length) throws Exception {
        var work = new Work(jobs, length);
        var enqueued = Enqueued.inBulk(peer, jobs);
        peer.database().execute("vacuum analyze", "checkpoint");
        long start = System.nanoTime();
        peer.startWorkers(work);
        work.await(AT_MOST);
        peer.database().awaitNot(peer.unfinished(), AT_MOST);
        long end = System.nanoTime();
        return new DrainedQueue(enqueued, Duration.ofNanos(work.firstStart() - start),
                Duration.ofNanos(end - work.firstStart()), work.repeated());
    }

    double enqueuedPerSecond() {
        return enqueued.perSecond();
    }

    double drainedPerSecond() {
        return enqueued.jobs() * 1e9 / time.toNanos();
    }

    double secondsToFirst() {
        return toFirst.toNanos() / 1e9;
    }
}
