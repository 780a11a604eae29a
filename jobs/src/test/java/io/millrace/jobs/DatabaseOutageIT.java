package io.millrace.jobs;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.dao.DataAccessException;

import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.sample.ShipOrder;
import io.millrace.jobs.sample.ShipOrderHandler;
import io.millrace.jobs.sample.ShopApplication;
import io.millrace.testkit.KillablePostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Tag("long")
@ExtendWith(OutputCaptureExtension.class)
class DatabaseOutageIT {

    @Test
    void runsOnAfterTheDatabaseWasKilledAndCameBack(CapturedOutput output) throws IOException {
        try (var postgres = new KillablePostgres();
                var service = new SpringApplicationBuilder(ShopApplication.class).web(WebApplicationType.NONE)
                        .properties("spring.datasource.url=" + postgres.url(),
                                "spring.datasource.hikari.connection-timeout=1000",
                                "millrace.jobs.worker.enabled=true", "millrace.jobs.worker.stop-timeout=PT1S")
                        .run()) {
            var queue = service.getBean(JobQueue.class);
            succeeds(queue, queue.enqueue(new ShipOrder(1, "before")));
            var waiting = Stream.generate(() -> queue.enqueue(new ShipOrder(2, "waiting"), inSeconds(service, 5)))
                    .limit(20).toList();

            queue.enqueue(new ShipOrder(5, "far away"));
            Awaitility.await().until(() -> service.getBean(ShipOrderHandler.class).running() == 1);

            postgres.kill();
            assertThatThrownBy(() -> queue.enqueue(new ShipOrder(3, "meanwhile")))
                    .isInstanceOf(DataAccessException.class);
            // JobRunr's server meets its heartbeat without a database and gives up, with a job under way.
            Awaitility.await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(output).contains("An unrecoverable error occurred"));
            postgres.restart();

            Awaitility.await().atMost(Duration.ofSeconds(20)).ignoreExceptions()
                    .until(() -> queue.enqueue(new ShipOrder(4, "after")) != null);
            waiting.forEach(id -> succeeds(queue, id));
            assertThat(output).contains("the job server gave up; starting a new one");
            assertThat(service.getBean(ShipOrderHandler.class).running()).isLessThanOrEqualTo(1);
        }
    }

    private static EnqueueOptions inSeconds(ApplicationContext service, int seconds) {
        return EnqueueOptions.DEFAULTS
                .withRunAt(service.getBean(Clock.class).instant().plusSeconds(seconds));
    }

    private static void succeeds(JobQueue queue, UUID id) {
        Awaitility.await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(queue.find(id).orElseThrow().state()).isEqualTo(State.SUCCEEDED));
    }
}
