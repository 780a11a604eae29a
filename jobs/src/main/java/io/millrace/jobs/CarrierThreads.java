package io.millrace.jobs;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps virtual threads going beside handlers that compute for long, or for ever. The JDK runs them on one thread of the operating
 * system's for each processor and takes none away from that before it waits for something, so that as many such handlers would stop
 * every other job of the process. Whenever virtual threads that have nothing to do get no turn for a while, this lets the JDK use one
 * more, among which the operating system divides the processors; and takes it back when it is no longer needed. It is a
 * setting of the whole process, so there is one of this for all its workers. After the last of them it goes on until all is as
 * usual: what was given up may still compute.
 */
final class CarrierThreads {

    private static final Logger LOG = LoggerFactory.getLogger(CarrierThreads.class);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration TURN_WITHIN = Duration.ofMillis(200);
    private static final CarrierThreads OF_THE_PROCESS = new CarrierThreads();

    private int users;
    private boolean looks;

    private CarrierThreads() {
    }

    /** Has them looked after until this is closed. */
    static Use use() {
        OF_THE_PROCESS.begin();
        return new Use();
    }

    private synchronized void begin() {
        users++;
        if (!looks) {
            looks = true;
            Thread.ofPlatform().daemon().name("job-carriers").start(this::lookWhileUsed);
        }
    }

    private synchronized void end() {
        users--;
    }

    private synchronized boolean isUsed() {
        return users > 0;
    }

    /** Whether nobody uses them any more; who does after this has them looked after anew. */
    private synchronized boolean endsUnused() {
        looks = users > 0;
        return !looks;
    }

    /** Where it fails it is not begun again: it would fail again. */
    private void lookWhileUsed() {
        try {
            var carriers = new JdkCarriers();
            var need = new CarrierNeed(carriers.mostMore());
            do {
                Thread.sleep(LOOK);
                look(carriers, need);
            } while (!need.isOver() || !endsUnused());
        } catch (InterruptedException e) {
            LOG.debug("no longer looking: interrupted");
        } catch (RuntimeException | LinkageError e) {
            LOG.warn(
                    "this JDK does not let its virtual threads be scheduled otherwise ({}): handlers that compute on all"
                            + " processors hold up all other jobs",
                    e.toString());
        }
    }

    private void look(JdkCarriers carriers, CarrierNeed need) throws InterruptedException {
        boolean wasOver = need.isOver();
        int before = need.more();
        need.look(hasATurn(), isUsed());
        if (need.more() > before && !carriers.use(need.more())) {
            need.isTheMost(before);
        } else if (need.more() < before) {
            carriers.use(need.more());
        }
        if (wasOver && !need.isOver()) {
            LOG.warn(
                    "handlers compute on all {} carrier threads of this process and hold up other jobs; it uses more of them"
                            + " for as long as that lasts",
                    carriers.usual());
        } else if (!wasOver && need.isOver()) {
            LOG.info("{} carrier threads are enough for the jobs of this process again", carriers.usual());
        }
    }

    private static boolean hasATurn() throws InterruptedException {
        var turn = new CountDownLatch(1);
        Thread.ofVirtual().start(turn::countDown);
        return turn.await(TURN_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Of one worker. */
    static final class Use implements AutoCloseable {

        private final AtomicBoolean closed = new AtomicBoolean();

        /** Returns at once. */
        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                OF_THE_PROCESS.end();
            }
        }
    }
}
