package io.millrace.core;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** What another indicator says, or down if that takes long: whoever probes a process gives it few seconds, and takes silence for death. */
record AnswerInTime(HealthIndicator asked, Duration most) implements HealthIndicator {

    @Override
    public Health health() {
        var answer = new FutureTask<>(asked::health);
        // Virtual ones may wait for jobs that have taken all carriers.
        var thread = Thread.ofPlatform().daemon().name("health").start(answer);
        try {
            return answer.get(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            thread.interrupt();
            return Health.down().withDetail("reason", "It does not answer within " + most + ".").build();
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            return Health.unknown().build();
        } catch (ExecutionException e) {
            return Health.down(e).build();
        }
    }
}
