package io.millrace.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import com.zaxxer.hikari.HikariDataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.jdbc.PgConnection;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class UntimedConnectionsTest {

    private static final int SECOND = 1_000;

    private final String url = TestPostgres.newDatabase();
    private final HikariDataSource pool = new HikariDataSource();

    UntimedConnectionsTest() {
        pool.setJdbcUrl(url);
        pool.setMaximumPoolSize(2);
        pool.addDataSourceProperty("socketTimeout", "1");
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void waitForStatementsThatTheirPoolWouldCutOff() throws SQLException {
        var untimed = new UntimedConnections(pool);

        try (var connection = untimed.getConnection()) {
            sleep(connection, 1.5);
            assertThatExceptionOfType(SQLException.class).as("what it says itself comes through")
                    .isThrownBy(() -> execute(connection, "select nothing"));
        }

        try (var connection = pool.getConnection()) {
            assertThat(connection.getNetworkTimeout()).isEqualTo(SECOND);
            assertThatExceptionOfType(SQLException.class).isThrownBy(() -> sleep(connection, 5));
        }
    }

    @Test
    void putBackTheTimeOutOfWhatIsNoPool() throws SQLException {
        try (var one = pool.getConnection()) {
            var driver = one.unwrap(PgConnection.class);
            new UntimedConnections(new SingleConnectionDataSource(one, true))
                    .getConnection().close();

            assertThat(driver.getNetworkTimeout()).isEqualTo(SECOND);
        }
    }

    @Test
    void areThoseOfTheEnginesMigrations() throws SQLException {
        CompletableFuture<JobsSchema> migrated;
        try (var other = new DriverManagerDataSource(url).getConnection()) {
            other.setAutoCommit(false);
            execute(other, "create schema millrace_jobs");

            var begun = CompletableFuture.supplyAsync(() -> new JobsSchema(pool, "millrace_jobs"));
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> hasWaited() || begun.isDone());
            migrated = begun;
            other.rollback();
        }

        assertThat(migrated.join().prefix()).isEqualTo("millrace_jobs.");
    }

    private boolean hasWaited() {
        return JdbcClient.create(new DriverManagerDataSource(url))
                .sql("""
                     select exists (select from pg_stat_activity where datname = current_database()
                         and wait_event_type = 'Lock' and query_start < clock_timestamp() - interval '1.5 seconds')
                     """).query(Boolean.class).single();
    }

    private static void sleep(Connection connection, double seconds) throws SQLException {
        execute(connection, "select pg_sleep(" + seconds + ")");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
