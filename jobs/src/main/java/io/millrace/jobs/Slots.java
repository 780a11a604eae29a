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
    private final Map<String, Integer> claimedByQueue = new HashMap<>();
    private int claimed;
    /** Whether a fetch found fewer slots than it wanted, of which another may not need all that it has claimed. */
    private boolean missed;
    private volatile Runnable fetchAgain = () -> {
    };
    private volatile @Nullable Thread waiting;

    Slots(int concurrency, QueueSubscription subscription) {
        this.concurrency = concurrency;
        this.subscription = subscription;
    }

    /** What to do when slots are free after all that another fetch could have used. */
    void whenGivenBack(Runnable again) {
        fetchAgain = again;
    }

    QueueSubscription subscription() {
        return subscription;
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
    synchronized int mostAtOnce() {
        int free = free();
        missed |= free == 0 && claimed > 0;
        return Math.min(free, Math.clamp(concurrency / 2, FEWEST_AT_ONCE, MOST_AT_ONCE));
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

    /** Whether there is no room for a job of any queue. */
    boolean areAllTaken() {
        return free() == 0 || (!subscription.isToAll()
                && subscription.caps().keySet().stream().allMatch(queue -> free(queue) <= 0));
    }

    int taken() {
        return taken.get();
    }

    int taken(String queue) {
        var its = takenByQueue.get(queue);
        return its == null ? 0 : its.get();
    }

    /** Slots that are set aside for the jobs of one fetch. Of one thread. */
    final class Claim implements AutoCloseable {

        private final Map<String, Integer> byQueue = new HashMap<>();

        /** How many of {@code wanted} slots a queue could have. Where another claim has the rest, its end is told. */
        int free(String queue, int wanted) {
            synchronized (Slots.this) {
                int inAll = Slots.this.free();
                int inQueue = Slots.this.free(queue);
                int mine = byQueue.values().stream().mapToInt(Integer::intValue).sum();
                missed |= inAll < wanted && claimed > mine;
                missed |= inQueue < wanted
                        && claimedByQueue.getOrDefault(queue, 0) > byQueue.getOrDefault(queue, 0);
                return Math.clamp(Math.min(inAll, inQueue), 0, wanted);
            }
        }

        /**
         * Sets slots of a queue aside.
         *
         * @return how many; fewer than {@code most} if no more are free
         */
        int add(String queue, int most) {
            synchronized (Slots.this) {
                int added = free(queue, most);
                taken.addAndGet(added);
                takenOf(queue).addAndGet(added);
                count(queue, added);
                return added;
            }
        }

        /** Of those set aside some that no job was found for. */
        void giveBack(String queue, int count) {
            boolean again;
            synchronized (Slots.this) {
                count(queue, -count);
                release(queue, count);
                again = count > 0 && missed;
                missed &= !again;
            }
            if (again) {
                fetchAgain.run();
            }
        }

        /** One is the slot of a job that is handed over from now on. */
        void hand(String queue) {
            synchronized (Slots.this) {
                count(queue, -1);
            }
        }

        private void count(String queue, int more) {
            byQueue.merge(queue, more, Integer::sum);
            claimedByQueue.merge(queue, more, Integer::sum);
            claimed += more;
        }

        /** Gives back what is left. */
        @Override
        public void close() {
            Map.copyOf(byQueue).forEach(this::giveBack);
            byQueue.clear();
        }
    }
}
