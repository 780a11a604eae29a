package io.millrace.jobs;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import org.jobrunr.server.BackgroundJobServer;
import org.jobrunr.server.configuration.BackgroundJobServerWorkerPolicy;
import org.jobrunr.server.strategy.WorkDistributionStrategy;
import org.jobrunr.server.threadpool.JobRunrExecutor;
import org.jobrunr.server.threadpool.VirtualThreadJobRunrExecutor;
import org.jobrunr.storage.Paging.AmountBasedList;
import org.jobrunr.storage.navigation.AmountRequest;
import org.jspecify.annotations.Nullable;

/**
 * How many jobs a server runs at once, counted from the moment a job is handed over. JobRunr's own policy counts one when
 * its thread starts, takes more than it may in a burst, and those wait without a heartbeat.
 */
final class WorkerSlots implements BackgroundJobServerWorkerPolicy {

    /** Of the job that is handed over, or runs, on this thread. */
    private static final ScopedValue<Handed> HANDED = ScopedValue.newInstance();

    private final int concurrency;
    private final QueueSubscription subscription;
    private final AtomicInteger taken = new AtomicInteger();
    private final Map<String, AtomicInteger> takenByQueue = new ConcurrentHashMap<>();
    private volatile @Nullable Thread waiting;
    private volatile @Nullable JobRunrExecutor threads;

    WorkerSlots(int concurrency, QueueSubscription subscription) {
        this.concurrency = concurrency;
        this.subscription = subscription;
    }

    /**
     * Has {@code handOver} give one job of the queue to the executor.
     *
     * @param atEnd
     *            to be run when the job has ended and its slot is free
     */
    static void handOver(String queue, Runnable atEnd, Runnable handOver) {
        ScopedValue.where(HANDED, new Handed(queue, atEnd)).run(handOver);
    }

    /**
     * Runs one attempt at a job of the queue on a thread of its own.
     *
     * @param atEnd
     *            to be run when the job has ended and its slot is free
     */
    void run(String queue, Runnable atEnd, Runnable attempt) {
        run(new Handed(queue, atEnd), attempt);
    }

    /** The same on the caller's thread; returns at the end of the attempt. */
    void runHere(String queue, Runnable atEnd, Runnable attempt) {
        take(queue);
        ScopedValue.where(HANDED, new Handed(queue, atEnd)).run(attempt);
    }

    private void run(Handed handed, Runnable attempt) {
        take(handed.queue);
        try {
            Objects.requireNonNull(threads, "not started")
                    .execute(() -> ScopedValue.where(HANDED, handed).run(attempt));
        } catch (RuntimeException e) {
            release(handed.queue);
            throw e;
        }
    }

    /** Whether a job runs on this thread. */
    static boolean isOfThisThread() {
        return HANDED.isBound();
    }

    /** How many more jobs of a queue may run. */
    int free(String queue) {
        return subscription.cap(queue) - takenOf(queue).get();
    }

    private AtomicInteger takenOf(String queue) {
        return takenByQueue.computeIfAbsent(queue, same -> new AtomicInteger());
    }

    private void take(String queue) {
        taken.incrementAndGet();
        takenOf(queue).incrementAndGet();
    }

    /** By a job that has ended, on its own thread. */
    void release() {
        var handed = HANDED.get();
        release(handed.queue);
        handed.atEnd.run();
    }

    private void release(String queue) {
        taken.decrementAndGet();
        takenOf(queue).decrementAndGet();
        var waiter = waiting;
        if (waiter != null && hasRoom()) {
            LockSupport.unpark(waiter);
        }
    }

    int free() {
        return Math.max(0, concurrency - taken.get());
    }

    /** Returns when half of the slots are free, or after {@code atMost}. Only one thread may wait. */
    void awaitRoom(Duration atMost) throws InterruptedException {
        long until = System.nanoTime() + atMost.toNanos();
        waiting = Thread.currentThread();
        try {
            for (long left = atMost.toNanos(); left > 0 && !hasRoom(); left = until - System.nanoTime()) {
                LockSupport.parkNanos(this, left);
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
        } finally {
            waiting = null;
        }
    }

    private boolean hasRoom() {
        return free() * 2 >= concurrency;
    }

    int taken() {
        return taken.get();
    }

    @Override
    public WorkDistributionStrategy toWorkDistributionStrategy(BackgroundJobServer server) {
        return new WorkDistributionStrategy() {

            @Override
            public int getWorkerCount() {
                return concurrency;
            }

            @Override
            public AmountRequest getWorkPageRequest() {
                return AmountBasedList.ascOnUpdatedAt(free());
            }
        };
    }

    @Override
    public JobRunrExecutor toJobRunrExecutor() {
        var fresh = new VirtualThreadJobRunrExecutor(concurrency);
        threads = fresh;
        return new Executor(fresh);
    }

    private record Handed(String queue, Runnable atEnd) {
    }

    private final class Executor implements JobRunrExecutor {

        private final JobRunrExecutor threads;

        Executor(JobRunrExecutor threads) {
            this.threads = threads;
        }

        @Override
        public void execute(Runnable job) {
            WorkerSlots.this.run(HANDED.get(), job);
        }

        @Override
        public int getWorkerCount() {
            return concurrency;
        }

        @Override
        public void start() {
            threads.start();
        }

        @Override
        public void stop(Duration awaitTimeout) {
            threads.stop(awaitTimeout);
        }
    }
}
