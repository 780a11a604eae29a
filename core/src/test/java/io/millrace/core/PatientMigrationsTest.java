package io.millrace.core;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.awaitility.Awaitility;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;

class PatientMigrationsTest {

    private final DriverManagerDataSource database = new DriverManagerDataSource(TestPostgres.newDatabase());

    @Test
    void waitLongerThanAPoolWaitsForAnAnswer() throws SQLException {
        CompletableFuture<Integer> migrated;
        try (var other = database.getConnection(); var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("create table flyway_schema_history (id int)");

            var begun = CompletableFuture.supplyAsync(this::migrated);
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> hasWaited() || begun.isDone());
            migrated = begun;
            other.rollback();
        }

        assertThat(migrated.join()).isGreaterThan(10);
    }

    /** How many migrations a process that starts has run. */
    private int migrated() {
        var count = new int[1];
        new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class))
                .withUserConfiguration(PatientMigrations.class)
                .withPropertyValues("spring.datasource.url=" + database.getUrl(),
                        "spring.datasource.hikari.data-source-properties.socketTimeout=1")
                .run(context -> count[0] = context.getBean(Flyway.class).info().applied().length);
        return count[0];
    }

    private boolean hasWaited() {
        return JdbcClient.create(database)
                .sql("""
                     select exists (select from pg_stat_activity where datname = current_database()
                         and wait_event_type = 'Lock' and query_start < clock_timestamp() - interval '1.5 seconds')
                     """).query(Boolean.class).single();
    }
}
