package io.millrace.jobs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TimeZone;
import java.util.UUID;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.millrace.jobs.Bells.Ring;
import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.sample.RingBell;
import io.millrace.jobs.sample.RingBellHandler;
import io.millrace.jobs.sample.ShipOrder;
import io.millrace.jobs.sample.ShopApplication;
import io.millrace.jobs.testing.SettableClock;
import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;

/** Processes and database sessions of a zone whose clocks are put back by an hour just now, or forward. */
class DaylightSavingTest {

    private static final Instant BEFORE_BOTH = Instant.parse("2026-10-02T00:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    private final TimeZone usual = TimeZone.getDefault();

    @AfterEach
    void backToTheUsualZone() {
        TimeZone.setDefault(usual);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Europe/Berlin", "America/New_York"})
    void startsJobsInOrderAndAtTheirTimeWhileClocksAreChanged(String zone) {
        var database = TestPostgres.newDatabase();
        var time = clockOf(database);
        try (var service = service(zone, database, time, true)) {
            changes(zone).forEach(change -> startsInOrderAround(change, service, time));
        }
    }

    private static void startsInOrderAround(Instant change, ConfigurableApplicationContext service,
            SettableClock time) {
        var queue = service.getBean(JobQueue.class);
        var bells = new Bells();
        time.set(change.minusSeconds(2));
        // Back-offs count from the database's time as it was last asked for, and no real one moves by months between.
        service.getBean(JobStore.class).untilNextDue();
        var anHourLater = queue.enqueue(new RingBell(0), EnqueueOptions.DEFAULTS.withRunAt(change.plus(HOUR)));
        var anHourAgo = queue.enqueue(new ShipOrder(1, "at the second ring"),
                EnqueueOptions.DEFAULTS.withRunAt(change.minus(HOUR)));
        // Not in the order of their times.
        IntStream.rangeClosed(-5, 5).map(i -> i * 7 % 11)
                .forEach(i -> bells.enqueue(queue, change.plusMillis(200L * i)));

        var rings = bells.await(Duration.ofSeconds(20), service.getBean(RingBellHandler.class));

        assertThat(rings).extracting(Ring::due).isSorted();
        assertThat(rings).extracting(Ring::delay).allMatch(late -> !late.isNegative(), "not early")
                .allMatch(late -> late.compareTo(Duration.ofSeconds(1)) < 0, "nor late");
        Awaitility.await().until(() -> queue.find(anHourAgo).orElseThrow().state() == State.SUCCEEDED);
        assertThat(queue.find(anHourLater).orElseThrow().state()).isEqualTo(State.SCHEDULED);
        assertThat(queue.cancel(anHourLater)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Europe/Berlin", "America/New_York"})
    void keepsEveryInstantAroundTheChange(String zone) {
        var database = TestPostgres.newDatabase();
        var time = clockOf(database);
        try (var service = service(zone, database, time, false)) {
            for (var change : changes(zone)) {
                time.set(change.minus(HOUR.multipliedBy(3)));
                var instants = IntStream.rangeClosed(-8, 8).mapToObj(i -> change.plusSeconds(i * 900L + 1)).toList();

                assertThat(storedOf(oneByOne(instants, service), service)).isEqualTo(instants);
                assertThat(storedOf(inBulk(instants, service), service)).isEqualTo(instants);
                assertThat(storedOf(replaced(instants, service), service)).isEqualTo(instants);
            }
        }
    }

    private static List<UUID> oneByOne(List<Instant> instants, ConfigurableApplicationContext service) {
        return instants.stream().map(at -> service.getBean(JobQueue.class).enqueue(new RingBell(0), at(at))).toList();
    }

    private static List<UUID> inBulk(List<Instant> instants, ConfigurableApplicationContext service) {
        return service.getBean(JobQueue.class)
                .enqueueAllWith(instants.stream().map(at -> new NewJob(new RingBell(0), at(at))));
    }

    private static List<UUID> replaced(List<Instant> instants, ConfigurableApplicationContext service) {
        var queue = service.getBean(JobQueue.class);
        return instants.stream().map(at -> {
            var key = UniqueKey.whileWaiting(at.toString()).withPolicy(UniqueKey.Policy.REPLACE);
            queue.enqueue(new RingBell(0), at(at.plus(HOUR)).withUniqueKey(key));
            return queue.enqueue(new RingBell(0), at(at).withUniqueKey(key));
        }).toList();
    }

    /** What the column says and, where they are of one mind, the job itself. */
    private static List<Instant> storedOf(List<UUID> ids, ConfigurableApplicationContext service) {
        return ids.stream().map(id -> {
            var column = service.getBean(JdbcClient.class)
                    .sql("select scheduledAt from millrace_jobs.jobrunr_jobs where id = ?").param(id.toString())
                    .query(LocalDateTime.class).single().toInstant(ZoneOffset.UTC);
            assertThat(service.getBean(JobQueue.class).find(id).orElseThrow().scheduledAt()).isEqualTo(column);
            return column;
        }).toList();
    }

    private static EnqueueOptions at(Instant time) {
        return EnqueueOptions.DEFAULTS.withRunAt(time);
    }

    /** Back in autumn, forward in spring. */
    private static List<Instant> changes(String zone) {
        var rules = ZoneId.of(zone).getRules();
        var back = rules.nextTransition(BEFORE_BOTH);
        var forward = rules.nextTransition(back.getInstant());
        assertThat(back.isOverlap() && forward.isGap()).isTrue();
        return List.of(back.getInstant(), forward.getInstant());
    }

    private static SettableClock clockOf(String database) {
        return new SettableClock(Clock.systemUTC(), TestPostgres.dataSource(database));
    }

    private static ConfigurableApplicationContext service(String zone, String database, SettableClock time,
            boolean worker) {
        // Connections tell Postgres the zone of their JVM.
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        time.set(BEFORE_BOTH);
        var service = new SpringApplicationBuilder(ShopApplication.class).web(WebApplicationType.NONE)
                .properties("spring.datasource.url=" + database, "millrace.jobs.worker.enabled=" + worker)
                .initializers(context -> context.getBeanFactory().registerSingleton("clock", time)).run();
        assertThat(service.getBean(JdbcClient.class).sql("show timezone").query(String.class).single())
                .isEqualTo(zone);
        assertThat(Duration.between(BEFORE_BOTH, Bells.databaseTime(service.getBean(JdbcClient.class))))
                .isBetween(Duration.ZERO, HOUR);
        return service;
    }
}
