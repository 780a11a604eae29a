package io.millrace.jobs;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import org.jobrunr.server.BackgroundJobServer;
import org.jobrunr.server.configuration.BackgroundJobServerWorkerPolicy;
import org.jobrunr.server.strategy.WorkDistributionStrategy;
import org.jobrunr.server.threadpool.JobRunrExecutor;
import org.jobrunr.storage.Paging.AmountBasedList;
import org.jobrunr.storage.navigation.AmountRequest;
import org.jspecify.annotations.Nullable;

/**
 * How many jobs a server runs at once, counted from the moment before a job is taken. JobRunr's own policy counts one when
 * its thread starts, takes more than it may in a burst, and those wait without a heartbeat.
 */
final class WorkerSlots implements BackgroundJobServerWorkerPolicy {

    /** Of the job that is handed over, or runs, on this thread. */
    private static final ScopedValue<Handed> HANDED = ScopedValue.newInstance();

    private final Slots slots;
    private volatile @Nullable ExecutorService threads;

    WorkerSlots(int concurrency, QueueSubscription subscription) {
        this.slots = new Slots(concurrency, subscription);
    }

    /**
     * Has {@code handOver} give one job of the queue, whose slot is {@link Slots.Claim claimed}, to the executor.
     *
     * @param atEnd
     *            to be run when the job has ended and its slot is free
     */
    static void handOver(String queue, Runnable atEnd, Runnable handOver) {
        ScopedValue.where(HANDED, new Handed(queue, atEnd)).run(handOver);
    }

    /**
     * Runs one attempt at a job of the queue, whose slot is {@link Slots.Claim claimed}, on a thread of its own.
     *
     * @param atEnd
     *            to be run when the job has ended and its slot is free
     */
    void run(String queue, Runnable atEnd, Runnable attempt) {
        run(new Handed(queue, atEnd), attempt);
    }

    /** The same on the caller's thread; returns at the end of the attempt. */
    void runHere(String queue, Runnable atEnd, Runnable attempt) {
        ScopedValue.where(HANDED, new Handed(queue, atEnd)).run(attempt);
    }

    private void run(Handed handed, Runnable attempt) {
        try {
            Objects.requireNonNull(threads, "not started")
                    .execute(() -> ScopedValue.where(HANDED, handed).run(attempt));
        } catch (RuntimeException e) {
            release(handed);
            throw e;
        }
    }

    /** What runs something on another thread, as if it were this one: it frees the slot of the job that runs on this one. */
    Consumer<Runnable> inTheSlotOfThisThread() {
        var handed = HANDED.get();
        return task -> Thread.ofVirtual().start(() -> ScopedValue.where(HANDED, handed).run(task));
    }

    /** Whether a job runs on this thread. */
    static boolean isOfThisThread() {
        return HANDED.isBound();
    }

    Slots slots() {
        return slots;
    }

    /** By a job that has ended, on its own thread. */
    void release() {
        release(HANDED.get());
    }

    /** Once, by whichever thread comes first. */
    private void release(Handed handed) {
        if (handed.released.compareAndSet(false, true)) {
            slots.release(handed.queue);
            handed.atEnd.run();
        }
    }

    @Override
    public WorkDistributionStrategy toWorkDistributionStrategy(BackgroundJobServer server) {
        return new WorkDistributionStrategy() {

            @Override
            public int getWorkerCount() {
                return slots.concurrency();
            }

            // Intake fetches; JobRunr's own would count the same slots a second time.
            @Override
            public AmountRequest getWorkPageRequest() {
                return AmountBasedList.ascOnUpdatedAt(0);
            }
        };
    }

    @Override
    public JobRunrExecutor toJobRunrExecutor() {
        var fresh = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("backgroundjob-worker").factory());
        threads = fresh;
        return new Executor(fresh);
    }

    private record Handed(String queue, Runnable atEnd, AtomicBoolean released) {

        Handed(String queue, Runnable atEnd) {
            this(queue, atEnd, new AtomicBoolean());
        }
    }

    /** A thread for each job. {@link FinishJobs} has ended them when this is stopped: what still runs, runs for nobody. */
    private final class Executor implements JobRunrExecutor {

        private final ExecutorService threads;

        Executor(ExecutorService threads) {
            this.threads = threads;
        }

        @Override
        public void execute(Runnable job) {
            WorkerSlots.this.run(HANDED.get(), job);
        }

        @Override
        public int getWorkerCount() {
            return slots.concurrency();
        }

        @Override
        public void start() {
        }

        @Override
        public void stop(Duration awaitTimeout) {
            threads.shutdown();
        }
    }
}
