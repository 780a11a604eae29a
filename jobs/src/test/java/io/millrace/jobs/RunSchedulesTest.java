package io.millrace.jobs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.millrace.jobs.Bells.Ring;
import io.millrace.jobs.sample.RingBell;
import io.millrace.jobs.sample.RingBellHandler;
import io.millrace.jobs.sample.ShopApplication;
import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;

/** Schedules on two workers whose clocks are an hour fast and an hour slow. */
class RunSchedulesTest {

    private static final Logger LOG = LoggerFactory.getLogger(RunSchedulesTest.class);
    private static final int SCHEDULES = 20;
    private static final Duration PROMPTLY = Duration.ofMillis(100);
    private static final ScheduleOptions EACH_SECOND = ScheduleOptions.every(Duration.ofSeconds(1));
    /** Whether the machine is idle is not in a test's hands. */
    private static final int TRIES = 3;

    private final String database = TestPostgres.newDatabase();

    @Test
    void queueEachTimeOnceAndPromptly() {
        try (var fast = node(Duration.ofHours(1)); var slow = node(Duration.ofHours(-1))) {
            var late = Duration.ZERO;
            for (int i = 0; i < TRIES; i++) {
                var rings = rings(i * SCHEDULES, fast, slow);
                assertThat(rings).extracting(Ring::delay).allMatch(delay -> !delay.isNegative(), "not early");
                late = Ring.within(0.9, rings);
                LOG.info("{} schedules: p50 {}, p90 {}", rings.size(), Ring.within(0.5, rings), late);
                if (late.compareTo(PROMPTLY) <= 0) {
                    break;
                }
            }
            assertThat(late).isLessThanOrEqualTo(PROMPTLY);

            var jdbc = fast.getBean(JdbcClient.class);
            Awaitility.await().until(() -> timesAndJobs(jdbc).stream().allMatch(schedule -> schedule.times() >= 3));
            assertThat(timesAndJobs(jdbc)).allMatch(schedule -> schedule.times() == schedule.jobs(), "each time once");
        }
    }

    /** The first of each; workers wait for nothing until then, so that they must hear of it. */
    private static List<Ring> rings(int from, ConfigurableApplicationContext... nodes) {
        Map<Integer, Instant> first = new LinkedHashMap<>();
        for (int number = from; number < from + SCHEDULES; number++) {
            var schedule = nodes[number % nodes.length].getBean(JobSchedules.class).put("bell-" + number,
                    new RingBell(number), EACH_SECOND).schedule();
            first.put(number, Objects.requireNonNull(schedule.nextRunAt()));
        }
        Map<Integer, Instant> rang = new LinkedHashMap<>();
        Awaitility.await().pollInterval(Duration.ofMillis(10)).until(() -> {
            for (var node : nodes) {
                node.getBean(RingBellHandler.class).rang().forEach((bell, at) -> rang.merge(bell, at,
                        (one, other) -> one.isBefore(other) ? one : other));
            }
            return rang.keySet().containsAll(first.keySet());
        });
        return first.entrySet().stream()
                .map(bell -> new Ring(bell.getValue(), Objects.requireNonNull(rang.get(bell.getKey())))).toList();
    }

    /** As one statement sees them. */
    private static List<Runs> timesAndJobs(JdbcClient jdbc) {
        return jdbc.sql("""
                        select extract(epoch from next_run_at - anchor)::integer - 1, (
                            select count(*) from millrace_jobs.jobrunr_jobs
                            where jobAsJson like '%schedule:' || schedule.id || '"%')
                        from millrace_jobs.job_schedules schedule
                        """).query((row, number) -> new Runs(row.getInt(1), row.getInt(2))).list();
    }

    private record Runs(int times, int jobs) {
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void goOnAfterAStopOfTheWorker(boolean wakeUps) {
        try (var node = node(Duration.ZERO, "millrace.jobs.wake-ups=" + wakeUps)) {
            node.getBean(JobWorker.class).stop();
            node.getBean(JobSchedules.class).put("bell", new RingBell(1), EACH_SECOND);
            node.getBean(JobWorker.class).start();

            Awaitility.await().atMost(Duration.ofSeconds(20))
                    .until(() -> node.getBean(RingBellHandler.class).rang().containsKey(1));
        }
    }

    private ConfigurableApplicationContext node(Duration ahead, String... settings) {
        return new SpringApplicationBuilder(ShopApplication.class).web(WebApplicationType.NONE)
                .properties("spring.datasource.url=" + database, "spring.datasource.hikari.maximum-pool-size=8",
                        "millrace.jobs.worker.enabled=true")
                .properties(settings)
                .initializers(context -> context.getBeanFactory().registerSingleton("clock",
                        Clock.offset(Clock.systemUTC(), ahead)))
                .run();
    }
}
