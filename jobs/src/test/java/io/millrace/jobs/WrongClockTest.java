package io.millrace.jobs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.sample.RingBell;
import io.millrace.jobs.sample.RingBellHandler;
import io.millrace.jobs.sample.ShipOrder;
import io.millrace.jobs.sample.ShopApplication;
import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;

/** A node whose clock is an hour off: only the database's clock says what is due. */
class WrongClockTest {

    @ParameterizedTest
    @ValueSource(strings = {"PT1H", "PT-1H"})
    void startsDelayedJobsAtTheDatabasesTime(Duration ahead) {
        try (var service = service(ahead)) {
            var runAt = databaseTime(service).plusSeconds(1);

            var id = enqueue(service, "later", runAt);

            assertThat(state(service, id)).isEqualTo(State.SCHEDULED);
            Awaitility.await().pollInterval(Duration.ofMillis(5)).until(() -> state(service, id) == State.SUCCEEDED);
            assertThat(databaseTime(service)).isAfterOrEqualTo(runAt).isBefore(runAt.plusSeconds(2));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1H", "PT-1H"})
    void triesFailedJobsAgainAtTheDatabasesTime(Duration ahead) {
        try (var service = service(ahead)) {
            var id = enqueue(service, "at the second ring", databaseTime(service));

            Awaitility.await().until(() -> state(service, id) == State.SUCCEEDED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT48H", "PT1H", "PT-48H"})
    void listsJobsThatWereCreatedByTheWrongTime(Duration ahead) {
        try (var service = service(TestPostgres.newDatabase(), ahead, "millrace.jobs.worker.auto-start=false")) {
            var ids = Stream.generate(() -> enqueue(service, "some day", databaseTime(service))).limit(2)
                    .collect(Collectors.toCollection(ArrayList::new));
            ids.addAll(service.getBean(JobQueue.class).enqueueAll(Stream.of(new ShipOrder(1, "with others"))));
            var listing = service.getBean(JobListing.class);

            var first = listing.page(JobFilter.ALL, null, 2);
            var second = listing.page(JobFilter.ALL, first.next(), 2);

            assertThat(Stream.of(first, second).flatMap(page -> page.jobs().stream()).map(JobStatus::id))
                    .containsExactlyElementsOf(ids.reversed());
            assertThat(second.next()).isNull();
        }
    }

    /** Or the first jobs that fail would be due an hour too late. */
    @ParameterizedTest
    @ValueSource(strings = {"PT1H", "PT-1H"})
    void knowsTheDatabasesTimeBeforeItTakesAJob(Duration ahead) {
        try (var service = service(TestPostgres.newDatabase(), ahead, "millrace.jobs.worker.auto-start=false")) {
            service.getBean(JobServerFactory.class).newServer();

            assertThat(Duration.between(service.getBean(JobStore.class).clock().instant(), databaseTime(service)))
                    .isLessThan(Duration.ofMinutes(1)).isGreaterThan(Duration.ofMinutes(-1));
        }
    }

    /** Of these a history says that they started an hour before they were enqueued, or later. */
    @ParameterizedTest
    @ValueSource(strings = {"PT1H", "PT-1H"})
    void completesJobsAtOnceThatWaitForNothing(Duration ahead) {
        try (var service = service(ahead)) {
            var bell = service.getBean(JobQueue.class).enqueue(new RingBell(7));

            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> state(service, bell) == State.SUCCEEDED);

            assertThat(service.getBean(JobQueue.class).find(bell).orElseThrow().attempt()).isEqualTo(1);
        }
    }

    @Test
    void startsDelayedJobsOfANodeWithTheOppositeErrorAtTheDatabasesTime() {
        var database = TestPostgres.newDatabase();
        try (var ahead = service(database, Duration.ofHours(1)); var behind = service(database, Duration.ofHours(-1))) {
            var bells = new Bells();
            var now = databaseTime(ahead);
            for (int i = 0; i < 40; i++) {
                bells.enqueue((i % 2 == 0 ? ahead : behind).getBean(JobQueue.class), now.plusMillis(1_000 + 50L * i));
            }

            var rings = bells.await(Duration.ofSeconds(20), ahead.getBean(RingBellHandler.class),
                    behind.getBean(RingBellHandler.class));

            assertThat(rings).extracting(Bells.Ring::delay).allMatch(late -> !late.isNegative(), "not early")
                    .allMatch(late -> late.compareTo(Duration.ofSeconds(1)) < 0, "nor late");
        }
    }

    private static ConfigurableApplicationContext service(Duration ahead) {
        return service(TestPostgres.newDatabase(), ahead);
    }

    private static ConfigurableApplicationContext service(String database, Duration ahead, String... settings) {
        return new SpringApplicationBuilder(ShopApplication.class).web(WebApplicationType.NONE)
                .properties("spring.datasource.url=" + database, "millrace.jobs.worker.enabled=true")
                .properties(settings)
                .initializers(context -> context.getBeanFactory().registerSingleton("clock",
                        Clock.offset(Clock.systemUTC(), ahead)))
                .run();
    }

    private static UUID enqueue(ConfigurableApplicationContext service, String address, Instant runAt) {
        return service.getBean(JobQueue.class).enqueue(new ShipOrder(1, address),
                EnqueueOptions.DEFAULTS.withRunAt(runAt));
    }

    private static State state(ConfigurableApplicationContext service, UUID id) {
        return service.getBean(JobQueue.class).find(id).orElseThrow().state();
    }

    private static Instant databaseTime(ConfigurableApplicationContext service) {
        return service.getBean(JdbcClient.class).sql("select clock_timestamp() at time zone 'UTC'")
                .query(LocalDateTime.class).single().toInstant(ZoneOffset.UTC);
    }
}
