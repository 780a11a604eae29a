package io.millrace.core;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

import static org.assertj.core.api.Assertions.assertThat;

class AnswerInTimeTest {

    private static final HealthIndicator UP = () -> Health.up().build();

    @Test
    void saysTheSameWhileJobsComputeOnAllCarriers() throws InterruptedException {
        var done = new AtomicBoolean();
        var compute = IntStream.range(0, 2 * Runtime.getRuntime().availableProcessors())
                .mapToObj(_ -> Thread.ofVirtual().start(() -> {
                    while (!done.get()) {
                        Thread.onSpinWait();
                    }
                })).toList();
        try {
            assertThat(new AnswerInTime(UP, Duration.ofSeconds(10)).health().getStatus()).isEqualTo(Status.UP);
        } finally {
            done.set(true);
        }
        for (var one : compute) {
            one.join();
        }
    }

    @Test
    void isDownWhereNoAnswerComes() throws InterruptedException {
        var interrupted = new CountDownLatch(1);
        HealthIndicator silent = () -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            return Health.up().build();
        };

        assertThat(new AnswerInTime(silent, Duration.ofMillis(50)).health().getStatus()).isEqualTo(Status.DOWN);
        interrupted.await();
    }
}
