package io.millrace.jobs;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.dao.DataAccessException;

import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.sample.CarryGoods;
import io.millrace.jobs.sample.CarryGoodsHandler;
import io.millrace.jobs.sample.ShipOrder;
import io.millrace.jobs.sample.ShopApplication;
import io.millrace.testkit.KillablePostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Tag("long")
@ExtendWith(OutputCaptureExtension.class)
class DatabaseOutageIT {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseOutageIT.class);

    @Test
    void runsOnAfterTheDatabaseWasKilledAndCameBack(CapturedOutput output) throws IOException {
        try (var postgres = new KillablePostgres();
                var service = service(postgres.url());
                var other = service(postgres.url())) {
            var queue = service.getBean(JobQueue.class);
            succeeds(queue, queue.enqueue(new ShipOrder(1, "before")));
            var waiting = Stream.generate(() -> queue.enqueue(new ShipOrder(2, "waiting"), inSeconds(service, 5)))
                    .limit(20).toList();
            var running = IntStream.range(0, 20)
                    .mapToObj(i -> queue.enqueue(new CarryGoods(i, CarryGoods.TO_THE_CAR_PARK, ""))).toList();
            Awaitility.await().until(() -> begun(service) + begun(other) == 20);

            postgres.kill();
            assertThatThrownBy(() -> queue.enqueue(new ShipOrder(3, "meanwhile")))
                    .isInstanceOf(DataAccessException.class);
            // Several of JobRunr's heartbeats, one of which made its server give up once.
            Awaitility.await().pollDelay(Duration.ofSeconds(12)).atMost(Duration.ofSeconds(20)).until(() -> true);
            postgres.restart();
            long back = System.nanoTime();

            Awaitility.await().atMost(Duration.ofSeconds(5)).ignoreExceptions()
                    .until(() -> queue.enqueue(new ShipOrder(4, "after")) != null);
            waiting.forEach(id -> succeeds(queue, id));
            LOG.info("due jobs had run {} ms after the database was back", (System.nanoTime() - back) / 1_000_000);
            // Past the time after which workers that do not come back count as dead.
            Awaitility.await().pollDelay(Duration.ofSeconds(14)).atMost(Duration.ofSeconds(20)).until(() -> true);
            Stream.of(service, other).forEach(node -> node.getBean(CarryGoodsHandler.class).letGo());
            running.forEach(id -> {
                succeeds(queue, id);
                assertThat(queue.find(id).orElseThrow().attempt()).isEqualTo(1);
            });
            assertThat(begun(service) + begun(other)).as("runs of 20 jobs").isEqualTo(20);
            assertThat(output).doesNotContain("the job server gave up", "WorkerCrashed");
        }
    }

    private static int begun(ApplicationContext service) {
        return service.getBean(CarryGoodsHandler.class).begun();
    }

    private static ConfigurableApplicationContext service(String url) {
        return new SpringApplicationBuilder(ShopApplication.class).web(WebApplicationType.NONE)
                .properties("spring.datasource.url=" + url, "spring.datasource.hikari.connection-timeout=1000",
                        "millrace.jobs.worker.enabled=true", "millrace.jobs.worker.stop-timeout=PT1S")
                .run();
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
