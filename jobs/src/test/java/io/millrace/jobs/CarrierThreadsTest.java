package io.millrace.jobs;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import jdk.management.VirtualThreadSchedulerMXBean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Virtual threads get their turn beside those that compute on every processor. */
class CarrierThreadsTest {

    private final VirtualThreadSchedulerMXBean scheduler = ManagementFactory
            .getPlatformMXBean(VirtualThreadSchedulerMXBean.class);

    @Test
    void letsOthersRunBesideThreadsThatComputeForEverAndGivesBackWhatItTook() throws InterruptedException {
        int before = scheduler.getParallelism();
        var compute = new AtomicBoolean(true);
        var computing = IntStream.range(0, before + 1).mapToObj(_ -> Thread.ofVirtual().start(() -> {
            while (compute.get()) {
                Thread.onSpinWait();
            }
        })).toList();
        try (var carriers = new CarrierThreads()) {
            carriers.start();
            var turn = new CountDownLatch(1);
            Thread.ofVirtual().start(turn::countDown);

            assertThat(turn.await(20, TimeUnit.SECONDS)).as("a turn beside %d that compute", before + 1).isTrue();
            assertThat(scheduler.getParallelism()).isGreaterThan(before);
        } finally {
            compute.set(false);
        }
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> scheduler.getParallelism() == before);
        for (var one : computing) {
            one.join();
        }
    }
}
