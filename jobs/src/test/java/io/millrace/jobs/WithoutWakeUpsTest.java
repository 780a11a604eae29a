package io.millrace.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.sample.ShipOrder;
import io.millrace.jobs.sample.ShopApplication;
import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;

/** As a connection pooler in transaction mode asks for: no session listens, nobody notifies, and the poll finds the work. */
class WithoutWakeUpsTest {

    private static final Duration POLL = Duration.ofSeconds(5);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void listensAndNotifiesOnlyWithThem(boolean wakeUps) throws SQLException {
        try (var service = service(wakeUps);
                var connection = service.getBean(DataSource.class).getConnection();
                var statement = connection.createStatement()) {
            statement.execute("listen millrace_jobs");
            run(service, EnqueueOptions.DEFAULTS);

            var done = run(service, EnqueueOptions.DEFAULTS);

            assertThat(wait(done)).isLessThan(wakeUps ? POLL.dividedBy(2) : POLL.multipliedBy(2));
            assertThat(connection.unwrap(PGConnection.class).getNotifications(100).length > 0).isEqualTo(wakeUps);
            assertThat(listeners(service, connection)).isEqualTo(wakeUps ? 1 : 0);
            statement.execute("unlisten millrace_jobs");
        }
    }

    @Test
    void startsDelayedJobsAtTheirTimeThatAreKnownByThen() {
        try (var service = service(false)) {
            var runAt = service.getBean(Clock.class).instant().plusSeconds(7);

            var done = run(service, EnqueueOptions.DEFAULTS.withRunAt(runAt));

            assertThat(Duration.between(runAt, done.startedAt())).isBetween(Duration.ZERO, POLL.dividedBy(5));
        }
    }

    private static ConfigurableApplicationContext service(boolean wakeUps) {
        return new SpringApplicationBuilder(ShopApplication.class).web(WebApplicationType.NONE)
                .properties("spring.datasource.url=" + TestPostgres.newDatabase(), "millrace.jobs.worker.enabled=true",
                        "millrace.jobs.wake-ups=" + wakeUps)
                .run();
    }

    private static JobStatus run(ConfigurableApplicationContext service, EnqueueOptions options) {
        UUID id = service.getBean(JobQueue.class).enqueue(new ShipOrder(1, "somewhere"), options);
        return Awaitility.await().atMost(Duration.ofSeconds(20))
                .until(() -> service.getBean(JobQueue.class).find(id).orElseThrow(),
                        job -> job.state() == State.SUCCEEDED);
    }

    private static Duration wait(JobStatus done) {
        return Duration.between(done.createdAt(), done.startedAt());
    }

    /** Beside the test's own session. */
    private static int listeners(ConfigurableApplicationContext service, Connection own) throws SQLException {
        return service.getBean(JdbcClient.class).sql("""
                                                     select count(*) from pg_stat_activity
                                                     where query like 'listen %' and pid <> ?
                                                         and datname = current_database()
                                                     """).param(own.unwrap(PGConnection.class).getBackendPID())
                .query(Integer.class).single();
    }
}
