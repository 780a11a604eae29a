package io.millrace.jobs;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.sample.ShipOrder;
import io.millrace.jobs.sample.ShopApplication;

import static org.assertj.core.api.Assertions.assertThat;

/** Jobs of another application, which has no worker, are noticed without the poll, which comes every five seconds. */
class WakeUpTest extends EmbeddedEngine {

    private static final Duration WITHOUT_POLL = Duration.ofSeconds(2);

    @Autowired
    Clock clock;
    @Autowired
    DataSource dataSource;

    private ConfigurableApplicationContext application;
    private JobQueue elsewhere;

    @BeforeEach
    void startTheOther() throws SQLException {
        var database = dataSource.unwrap(HikariDataSource.class).getJdbcUrl();
        application = new SpringApplicationBuilder(ShopApplication.class).web(WebApplicationType.NONE)
                .properties("spring.datasource.url=" + database).run();
        elsewhere = application.getBean(JobQueue.class);
    }

    @AfterEach
    void close() {
        application.close();
    }

    @Test
    @Tag("long")
    void losesNoWakeUpOfManyAtRandomMoments() {
        var random = new Random(11);
        var jobs = new ArrayList<UUID>();
        for (int i = 0; i < 10_000; i++) {
            jobs.add(elsewhere.enqueue(new ShipOrder(10_000 + i, "soon")));
            if (i % 10 == 0) {
                // Nothing that comes later wakes the worker for this one.
                await(jobs.getLast(), State.SUCCEEDED);
            }
            LockSupport.parkNanos(random.nextInt(4) == 0 ? random.nextLong(20_000_000) : 0);
        }
        await(jobs.getLast(), State.SUCCEEDED);

        assertThat(jobs).map(id -> await(id, State.SUCCEEDED))
                .allMatch(done -> wait(done).compareTo(WITHOUT_POLL) < 0, "none waited for the poll");
    }

    @Test
    void wakesAgainWithinASecondAfterTheConnectionWasCut() {
        await(elsewhere.enqueue(new ShipOrder(500, "warm-up")), State.SUCCEEDED);
        assertThat(listeners()).isEqualTo(1);

        jdbc.sql("select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen %'"
                + " and datname = current_database()").query(Boolean.class).list();
        var meanwhile = await(elsewhere.enqueue(new ShipOrder(501, "meanwhile")), State.SUCCEEDED);
        Awaitility.await().atMost(Duration.ofSeconds(1)).pollInterval(Duration.ofMillis(10))
                .until(() -> listeners() == 1);
        var after = IntStream.range(502, 512).mapToObj(order -> await(elsewhere.enqueue(new ShipOrder(order, "now")),
                State.SUCCEEDED)).toList();

        assertThat(wait(meanwhile)).as("the listener looks again when it is back").isLessThan(WITHOUT_POLL);
        assertThat(after).allMatch(done -> wait(done).compareTo(Duration.ofSeconds(1)) < 0, "woken again");
    }

    @Test
    void startsDelayedJobsPromptly() {
        await(elsewhere.enqueue(new ShipOrder(600, "warm-up")), State.SUCCEEDED);
        var late = IntStream.range(601, 621).mapToObj(order -> {
            var runAt = clock.instant().plusMillis(300);
            var done = await(elsewhere.enqueue(new ShipOrder(order, "then"), EnqueueOptions.DEFAULTS.withRunAt(runAt)),
                    State.SUCCEEDED);
            assertThat(done.startedAt()).isAfterOrEqualTo(runAt);
            return Duration.between(runAt, done.startedAt());
        }).sorted().toList();

        // On a busy machine the worst of them says nothing.
        assertThat(late.get(late.size() / 2)).isLessThan(Duration.ofMillis(100));
    }

    private static Duration wait(JobStatus done) {
        return Duration.between(done.createdAt(), done.startedAt());
    }

    private int listeners() {
        return jdbc.sql("select count(*) from pg_stat_activity where query like 'listen %'"
                + " and datname = current_database()").query(Integer.class).single();
    }
}
