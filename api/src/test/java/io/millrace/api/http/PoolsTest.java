package io.millrace.api.http;

import java.sql.Connection;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.millrace.api.ApiUnderTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ExtendWith(OutputCaptureExtension.class)
final class PoolsTest {

    private static final String SOMEBODY = "/users/" + UUID.randomUUID();

    @SuppressWarnings("NullAway.Init")
    private static ApiUnderTest api;

    @BeforeAll
    static void start() {
        // Hikari's shortest.
        api = ApiUnderTest.start("spring.datasource.hikari.leak-detection-threshold=2000",
                "spring.datasource.hikari.maximum-pool-size=3", "millrace.api.export.at-once=1",
                "millrace.api.export.pool.maximum-pool-size=1");
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @ParameterizedTest
    @CsvSource({"dataSource, millrace, 3", "engineDataSource, engine, 2", "exportsDataSource, exports, 1"})
    void hasItsFiguresOnTheMetricsPage(String bean, String name, int size) {
        assertThat(((HikariDataSource) api.bean(bean)).getMaximumPoolSize()).isEqualTo(size);
        // A pool has its figures from its first connection on.
        assertThat(api.get("/export/users").status()).isEqualTo(200);

        assertThat(api.management("/actuator/prometheus").body())
                .contains("hikaricp_connections_max{pool=\"" + name + "\"} " + size + ".0")
                .contains("hikaricp_connections_active{pool=\"" + name + "\"}")
                .contains("hikaricp_connections_pending{pool=\"" + name + "\"}");
    }

    @Test
    void keepsExportsServedWhileRequestsHaveUsedUpTheirsAndTheOtherWayRound() throws Exception {
        var requests = api.bean(DataSource.class);
        try (Connection _ = requests.getConnection();
                Connection _ = requests.getConnection();
                Connection _ = requests.getConnection()) {
            assertThat(api.get("/export/users").status()).isEqualTo(200);
        }
        try (Connection _ = ((DataSource) api.bean("exportsDataSource")).getConnection()) {
            assertThat(api.get(SOMEBODY).status()).isEqualTo(404);
        }
    }

    @Test
    void answersAnExportThatGetsNoConnection503WithinASecond() throws Exception {
        try (Connection _ = ((DataSource) api.bean("exportsDataSource")).getConnection()) {
            long before = System.nanoTime();

            var answer = api.get("/export/users");

            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(1));
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("Retry-After")).isEqualTo("5");
            assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        }
    }

    @Test
    void tellsOfAConnectionThatIsNotGivenBack(CapturedOutput output) throws Exception {
        try (Connection _ = api.bean(DataSource.class).getConnection()) {
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(output).contains("Connection leak detection triggered"));
        }
    }

    @Test
    void replacesConnectionsThatDied() {
        assertThat(api.get(SOMEBODY).status()).isEqualTo(404);
        assertThat(api.get("/export/users").status()).isEqualTo(200);

        api.bean(JdbcClient.class).sql("""
                                       select count(pg_terminate_backend(pid)) from pg_stat_activity
                                       where datname = current_database() and pid <> pg_backend_pid()
                                       """).query(Integer.class).single();

        // A connection that was used within the last half second is not tested before it is used again.
        await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
            assertThat(api.get(SOMEBODY).status()).isEqualTo(404);
            assertThat(api.get("/export/users").status()).isEqualTo(200);
            assertThat(api.post("/jobs", "{\"type\": \"echo\", \"payload\": {}}").status()).isNotEqualTo(503);
        });
    }
}
