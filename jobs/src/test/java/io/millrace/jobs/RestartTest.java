package io.millrace.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.millrace.jobs.Bells.Ring;
import io.millrace.jobs.sample.RingBellHandler;
import io.millrace.jobs.sample.ShopApplication;
import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;

/** Delayed jobs that meet a stopped worker: one second after the next one's start everything is as if there were no stop. */
class RestartTest {

    private static final Logger LOG = LoggerFactory.getLogger(RestartTest.class);
    private static final Duration PROMPTLY = Duration.ofMillis(100);
    /** See {@link DelayedJobsTest}. */
    private static final int TRIES = 3;

    @Test
    void startsDelayedJobsPromptlyFromOneSecondAfterItOn() {
        var database = TestPostgres.newDatabase();
        var late = Duration.ZERO;
        for (int i = 0; i < TRIES; i++) {
            late = Ring.within(0.99, ringsAround(database));
            if (late.compareTo(PROMPTLY) <= 0) {
                return;
            }
        }
        assertThat(late).as("p99, in %d tries", TRIES).isLessThanOrEqualTo(PROMPTLY);
    }

    /** Those before a second after the restart count as if that were their time. */
    private static List<Ring> ringsAround(String database) {
        var bells = new Bells();
        try (var first = service(database)) {
            first.getBean(JobWorker.class).stop();
            var now = Bells.databaseTime(first.getBean(JdbcClient.class));
            for (int millis = 300; millis < 6_000; millis += 100) {
                bells.enqueue(first.getBean(JobQueue.class), now.plusMillis(millis));
            }
        }
        try (var second = service(database)) {
            Instant settled = Bells.databaseTime(second.getBean(JdbcClient.class)).plusSeconds(1);

            var rings = bells.await(Duration.ofSeconds(30), second.getBean(RingBellHandler.class));

            assertThat(rings).allMatch(ring -> !ring.delay().isNegative(), "not early");
            var fromThenOn = rings.stream()
                    .map(ring -> ring.due().isBefore(settled) ? new Ring(settled, ring.at()) : ring).toList();
            assertThat(rings).filteredOn(ring -> ring.due().isAfter(settled)).hasSizeGreaterThan(10);
            assertThat(rings).filteredOn(ring -> ring.due().isBefore(settled.minusSeconds(1))).isNotEmpty();
            LOG.info("{} jobs around a restart: p50 {}, p99 {}", rings.size(), Ring.within(0.5, fromThenOn),
                    Ring.within(0.99, fromThenOn));
            return fromThenOn;
        }
    }

    private static ConfigurableApplicationContext service(String database) {
        return new SpringApplicationBuilder(ShopApplication.class).web(WebApplicationType.NONE)
                .properties("spring.datasource.url=" + database, "millrace.jobs.worker.enabled=true").run();
    }
}
