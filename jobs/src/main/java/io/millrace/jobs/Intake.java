package io.millrace.jobs;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches jobs for one server, on threads of its own, whenever somebody wants it to: a wake-up, a poll, or a job that has
 * ended. Wishes that meet become one fetch, and none is lost. While the server is busy a fetch waits a moment for more
 * slots to become free, as one fetch of many jobs costs little more than one of one job; and while another one is under
 * way, until there are many. The threads are the operating system's: jobs may use up all that carry virtual ones, and a stop waits
 * for a fetch that is under way.
 */
final class Intake {

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
    /** What a free slot may wait for others: little beside any job that is worth a worker. */
    private static final Duration GATHER = Duration.ofMillis(2);
    private static final Duration AGAIN = Duration.ofMillis(10);
    /** One reads what it was given while the database works for the other. */
    private static final int AT_ONCE = 2;
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    /** No thread waits for hours, and what it waits for may have changed. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final Slots slots;
    private final BooleanSupplier fetch;
    private final Semaphore wishes = new Semaphore(0);
    private final ReentrantLock gathering = new ReentrantLock();
    private final AtomicInteger underWay = new AtomicInteger();
    private final List<Thread> threads;
    private volatile boolean stopped;
    /** When the next wish that has a time is due, by System.nanoTime; zero if there is none. */
    private long later;

    /**
     * @param fetch
     *            fetches and hands over, on several threads at once; false if it is too early for that
     */
    Intake(Slots slots, BooleanSupplier fetch) {
        this.slots = slots;
        this.fetch = fetch;
        slots.whenGivenBack(this::wish);
        this.threads = IntStream.range(0, AT_ONCE)
                .mapToObj(number -> Thread.ofPlatform().daemon().name("job-intake").unstarted(this::fetchUntilStopped))
                .toList();
    }

    void start() {
        threads.forEach(Thread::start);
    }

    /** Returns at once. */
    void wish() {
        if (wishes.availablePermits() == 0) {
            wishes.release();
        }
    }

    /** The same after a time, or earlier if another wish is due before. Returns at once. */
    void wishIn(Duration time) {
        long due = System.nanoTime() + Math.min(time.toNanos(), LONGEST_WAIT.toNanos());
        synchronized (this) {
            if (later != 0 && later - due <= 0) {
                return;
            }
            later = due;
        }
        Thread.ofVirtual().name("job-intake-later").start(() -> wishAt(due));
    }

    private void wishAt(long due) {
        while (due - System.nanoTime() > 0 && !stopped) {
            LockSupport.parkNanos(this, due - System.nanoTime());
        }
        synchronized (this) {
            if (later != due) {
                // One that was due before has been followed by another fetch.
                return;
            }
            later = 0;
        }
        wish();
    }

    /** Begins nothing more; what is being fetched is still handed over. */
    void stop() {
        stopped = true;
        wishes.release(AT_ONCE);
    }

    private void fetchUntilStopped() {
        try {
            while (!stopped) {
                wishes.acquire();
                begin();
                try {
                    if (!stopped && !fetched()) {
                        wish();
                    }
                } finally {
                    underWay.decrementAndGet();
                    slots.wake();
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("no more fetches: interrupted");
        }
    }

    private void begin() throws InterruptedException {
        gathering.lockInterruptibly();
        try {
            slots.awaitRoom(GATHER, () -> underWay.get() > 0);
            if (!stopped) {
                // Nor the one that ends the other thread.
                wishes.drainPermits();
            }
            underWay.incrementAndGet();
        } finally {
            gathering.unlock();
        }
    }

    private boolean fetched() throws InterruptedException {
        try {
            boolean began = slots.mostAtOnce() == 0 || fetch.getAsBoolean();
            if (!began) {
                Thread.sleep(AGAIN);
            }
            return began;
        } catch (InterruptedException e) {
            throw e;
        } catch (Throwable e) {
            LOG.warn("waiting jobs could not be fetched ({}); trying again in {}", e.toString(), AFTER_FAILURE);
            Thread.sleep(AFTER_FAILURE);
            return false;
        }
    }
}
