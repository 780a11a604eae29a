package io.millrace.jobs;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.millrace.jobs.sample.ShipOrder;
import io.millrace.jobs.sample.ShipOrderHandler;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

class JobHandlersTest {

    private final JobTypes types = new JobTypes(List.of("io.millrace.jobs.sample"),
            new JobsProperties("millrace_jobs", List.of(), Duration.ofHours(24), Duration.ofHours(24), true, Map.of()));

    @Test
    void refusesASecondHandlerOfTheSameJobType() {
        var first = new ShipOrderHandler();
        var second = new SecondHandler();

        assertThatThrownBy(() -> new JobHandlers(List.of(first, second), types))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("ship-order", ShipOrderHandler.class.getName(), SecondHandler.class.getName());
    }

    private static final class SecondHandler implements JobHandler<ShipOrder, ShipOrder.Shipped> {

        @Override
        public ShipOrder.Shipped handle(ShipOrder job, JobExecution execution) {
            return new ShipOrder.Shipped(job.orderId(), execution.attempt());
        }
    }
}
