package io.millrace.jobs;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

/** Counts the slots of a server, each for one job of a queue: claimed before the job is taken, and free when it has ended. */
final class Slots {

    /** So that many fit into one transaction without holding others up, and a second fetch finds room beside the first. */
    private static final int FEWEST_AT_ONCE = 64;
    private static final int MOST_AT_ONCE = 512;

    private final int concurrency;
    private final QueueSubscription subscription;
    private final AtomicInteger taken = new AtomicInteger();
    private final Map<String, AtomicInteger> takenByQueue = new ConcurrentHashMap<>();
    private volatile @Nullable Thread waiting;

    Slots(int concurrency, QueueSubscription subscription) {
        this.concurrency = concurrency;
        this.subscription = subscription;
    }

    int concurrency() {
        return concurrency;
    }

    /** How many more jobs of a queue may run. */
    int free(String queue) {
        return subscription.cap(queue) - takenOf(queue).get();
    }

    private AtomicInteger takenOf(String queue) {
        return takenByQueue.computeIfAbsent(queue, same -> new AtomicInteger());
    }

    /** Of a job that somebody else took. */
    void take(String queue) {
        taken.incrementAndGet();
        takenOf(queue).incrementAndGet();
    }

    /** For one fetch. */
    Claim claim() {
        return new Claim();
    }

    void release(String queue) {
        release(queue, 1);
    }

    private void release(String queue, int count) {
        taken.addAndGet(-count);
        takenOf(queue).addAndGet(-count);
        if (hasRoom()) {
            wake();
        }
    }

    /** Has whoever waits for room look again. */
    void wake() {
        var waiter = waiting;
        if (waiter != null) {
            LockSupport.unpark(waiter);
        }
    }

    /** How many jobs one fetch may take now. */
    int mostAtOnce() {
        return Math.min(free(), Math.clamp(concurrency / 2, FEWEST_AT_ONCE, MOST_AT_ONCE));
    }

    int free() {
        return Math.max(0, concurrency - taken.get());
    }

    /**
     * Returns when there is room for many, or after a while, and after that not while there is something else to wait for.
     * Only one thread may wait.
     */
    void awaitRoom(Duration atLeast, BooleanSupplier longer) throws InterruptedException {
        long until = System.nanoTime() + atLeast.toNanos();
        waiting = Thread.currentThread();
        try {
            while (!hasRoom() && (until - System.nanoTime() > 0 || longer.getAsBoolean())) {
                LockSupport.parkNanos(this, atLeast.toNanos());
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
        } finally {
            waiting = null;
        }
    }

    private boolean hasRoom() {
        return free() >= Math.min(Math.ceilDiv(concurrency, 2), MOST_AT_ONCE);
    }

    int taken() {
        return taken.get();
    }

    /** Slots that are set aside for the jobs of one fetch. Of one thread. */
    final class Claim implements AutoCloseable {

        private final Map<String, Integer> byQueue = new HashMap<>();

        /** How many more slots a queue could have. */
        int free(String queue) {
            return Math.min(Slots.this.free(), Slots.this.free(queue));
        }

        /**
         * Sets slots of a queue aside.
         *
         * @return how many; fewer than {@code most} if no more are free
         */
        int add(String queue, int most) {
            int added;
            synchronized (Slots.this) {
                added = Math.clamp(free(queue), 0, most);
                taken.addAndGet(added);
                takenOf(queue).addAndGet(added);
            }
            byQueue.merge(queue, added, Integer::sum);
            return added;
        }

        /** Of those set aside some that no job was found for. */
        void giveBack(String queue, int count) {
            byQueue.merge(queue, -count, Integer::sum);
            release(queue, count);
        }

        /** One is the slot of a job that is handed over from now on. */
        void hand(String queue) {
            byQueue.merge(queue, -1, Integer::sum);
        }

        /** Gives back what is left. */
        @Override
        public void close() {
            byQueue.forEach(Slots.this::release);
            byQueue.clear();
        }
    }
}
