package io.millrace.benchmarks.jobs;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** What the jobs of one round do, whichever engine runs them: each has a number and takes the same time. */
final class Work {

    private static final long NOT_YET = Long.MIN_VALUE;

    private final Duration length;
    private final AtomicLongArray startedAt;
    private final AtomicLong firstStart = new AtomicLong(Long.MAX_VALUE);
    private final AtomicInteger repeated = new AtomicInteger();
    private final CountDownLatch left;

    /**
     * @param jobs
     *            how many there are, numbered from 0
     */
    Work(int jobs, Duration length) {
        this.length = length;
        this.left = new CountDownLatch(jobs);
        this.startedAt = new AtomicLongArray(jobs);
        for (int number = 0; number < jobs; number++) {
            startedAt.set(number, NOT_YET);
        }
    }

    static Work none() {
        return new Work(0, Duration.ZERO);
    }

    /** Called by the handler, first of all. */
    void run(int number) throws InterruptedException {
        long now = System.nanoTime();
        boolean first = startedAt.compareAndSet(number, NOT_YET, now);
        firstStart.accumulateAndGet(now, Math::min);
        if (!length.isZero()) {
            Thread.sleep(length);
        }
        if (first) {
            left.countDown();
        } else {
            repeated.incrementAndGet();
        }
    }

    /** Returns when every job has run. */
    void await(Duration atMost) throws InterruptedException, TimeoutException {
        if (!left.await(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new TimeoutException(left.getCount() + " jobs did not run within " + atMost);
        }
    }

    /** By {@link System#nanoTime}, as all times here. */
    long firstStart() {
        return firstStart.get();
    }

    boolean hasStarted(int number) {
        return startedAt.get(number) != NOT_YET;
    }

    long startOf(int number) {
        return startedAt.get(number);
    }

    /** How many runs there were of jobs that had run before. */
    int repeated() {
        return repeated.get();
    }
}
