package io.millrace.jobs;

import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.random.RandomGenerator;

import com.zaxxer.hikari.HikariDataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.millrace.testkit.KillablePostgres;

import static org.assertj.core.api.Assertions.assertThat;

/** All workers have lost their sessions: who has just come must not take the others for dead. */
@Tag("long")
class SteadyDatabaseTest {

    private static final Duration A_WHILE = Duration.ofSeconds(60);

    @Test
    void isNotOneThatHasJustStartedNorOneWhoseProcessDied() throws Exception {
        try (var postgres = new KillablePostgres(); var database = new HikariDataSource()) {
            database.setJdbcUrl(postgres.url());
            database.setConnectionTimeout(2_000);
            var schema = new JobsSchema(database, "millrace_jobs");
            try (var wakeUp = new WakeUp(database, schema, false)) {
                var store = new JobStore(database, schema, new WaitingJobs(schema, QueueSubscription.ALL), wakeUp,
                        Clock.systemUTC());
                var rescue = new RescueJobs(new WorkerTables(database, schema, wakeUp), store, UUID.randomUUID(),
                        A_WHILE, RandomGenerator.getDefault());
                assertThat(rescue.databaseIsSteady()).as("just started").isFalse();
                Awaitility.await().atMost(A_WHILE).until(rescue::databaseIsSteady);

                // Postgres ends all sessions then, and starts anew without a new first process.
                long pid = JdbcClient.create(database).sql("select pg_backend_pid()").query(Long.class).single();
                assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();

                Awaitility.await().atMost(A_WHILE).ignoreExceptions().until(() -> !rescue.databaseIsSteady());
                Awaitility.await().atMost(A_WHILE).until(rescue::databaseIsSteady);
                store.close();
            }
        }
    }
}
