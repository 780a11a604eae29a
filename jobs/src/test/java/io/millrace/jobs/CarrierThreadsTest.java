package io.millrace.jobs;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import jdk.management.VirtualThreadSchedulerMXBean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Virtual threads get their turn beside those that compute on every processor. */
class CarrierThreadsTest {

    /** Workers of other tests may be in this process, and take a step back each ten seconds only. */
    private static final Duration STEP_BY_STEP = Duration.ofMinutes(3);
    private static final int USUAL = Integer.getInteger("jdk.virtualThreadScheduler.parallelism",
            Runtime.getRuntime().availableProcessors());

    private final VirtualThreadSchedulerMXBean scheduler = ManagementFactory
            .getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
    private final AtomicBoolean compute = new AtomicBoolean(true);

    @AfterEach
    void letThemEnd() {
        compute.set(false);
    }

    @Test
    void letsOthersRunBesideThreadsThatComputeForEverAlsoAfterTheLastWorkerHasClosedAndGivesBackWhatItTook()
            throws InterruptedException {
        var ofTheFirst = CarrierThreads.use();
        var ofTheSecond = CarrierThreads.use();
        var computing = onEachProcessorAndOneMore();
        assertThat(othersHaveATurn()).isTrue();
        assertThat(scheduler.getParallelism()).isGreaterThan(USUAL);
        ofTheFirst.close();
        ofTheFirst.close();
        assertThat(othersHaveATurn()).isTrue();

        ofTheSecond.close();

        // One is taken back each second, and given again.
        Awaitility.await().during(Duration.ofSeconds(4)).atMost(Duration.ofMinutes(1)).until(() -> othersHaveATurn());
        compute.set(false);
        Awaitility.await().atMost(STEP_BY_STEP).until(() -> scheduler.getParallelism() == USUAL);
        for (var one : computing) {
            one.join();
        }
    }

    private List<Thread> onEachProcessorAndOneMore() {
        return IntStream.rangeClosed(0, USUAL).mapToObj(_ -> Thread.ofVirtual().start(() -> {
            while (compute.get()) {
                Thread.onSpinWait();
            }
        })).toList();
    }

    private static boolean othersHaveATurn() throws InterruptedException {
        var turn = new CountDownLatch(1);
        Thread.ofVirtual().start(turn::countDown);
        return turn.await(20, TimeUnit.SECONDS);
    }
}
