package io.millrace.jobs;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import jdk.management.VirtualThreadSchedulerMXBean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps virtual threads going beside handlers that compute for long, or for ever. The JDK runs them on one thread of the operating
 * system's for each processor and takes none away from that before it waits for something, so that as many such handlers would stop
 * every other job of the process. Whenever a virtual thread that has nothing to do gets no turn for a while, this lets the JDK use one
 * more, among which the operating system divides the processors; and takes it back when they are no longer needed. It is a
 * setting of the whole process.
 */
final class CarrierThreads implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CarrierThreads.class);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration TURN_WITHIN = Duration.ofMillis(200);
    /** Of so many turns in a row without a wait, each took place at once, so that one fewer may do. */
    private static final int CALM = 100;
    /** The JDK's default for the most that there may ever be, less some for those that pin theirs. */
    private static final int MOST = 128;

    private static final VirtualThreadSchedulerMXBean SCHEDULER = ManagementFactory
            .getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
    private static final int USUAL = SCHEDULER.getParallelism();

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = Thread.ofPlatform().daemon().name("job-carriers").unstarted(this::lookUntilClosed);

    void start() {
        thread.start();
    }

    @Override
    public void close() {
        closed.countDown();
    }

    private void lookUntilClosed() {
        int calm = 0;
        try {
            while (!closed.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                calm = isStarved() ? 0 : calm + 1;
                if (calm == 0) {
                    use(SCHEDULER.getParallelism() + 1);
                } else if (calm % CALM == 0) {
                    use(SCHEDULER.getParallelism() - 1);
                }
            }
            use(USUAL);
        } catch (InterruptedException e) {
            LOG.debug("no longer looking: interrupted");
        } catch (RuntimeException e) {
            LOG.warn(
                    "this JDK does not let its virtual threads be scheduled otherwise ({}): handlers that compute on all"
                            + " processors hold up all other jobs",
                    e.toString());
        }
    }

    private static boolean isStarved() throws InterruptedException {
        var turn = new CountDownLatch(1);
        Thread.ofVirtual().start(turn::countDown);
        return !turn.await(TURN_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void use(int carriers) {
        int within = Math.clamp(carriers, USUAL, Math.max(USUAL, MOST));
        int before = SCHEDULER.getParallelism();
        if (within == before) {
            return;
        }
        SCHEDULER.setParallelism(within);
        if (within > before) {
            hireOne();
        }
        if (before == USUAL) {
            LOG.warn(
                    "handlers compute on all {} carrier threads of this process and hold up other jobs; it uses more of them"
                            + " for as long as that lasts",
                    USUAL);
        }
    }

    /** The JDK starts a carrier when a queue of its scheduler was empty: that of a thread which is new, very likely. */
    private static void hireOne() {
        Thread.ofPlatform().daemon().name("job-carriers-hire").start(() -> Thread.ofVirtual().start(() -> {
        }));
    }
}
