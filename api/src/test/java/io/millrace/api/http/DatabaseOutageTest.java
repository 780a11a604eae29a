package io.millrace.api.http;

import java.sql.Connection;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.millrace.api.ApiUnderTest;
import io.millrace.api.ApiUnderTest.Answer;
import io.millrace.api.Wire;
import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

final class DatabaseOutageTest {

    private static final String SOMEBODY = "/users/" + UUID.randomUUID();

    @SuppressWarnings("NullAway.Init")
    private static Wire wire;

    @SuppressWarnings("NullAway.Init")
    private static ApiUnderTest api;

    @BeforeAll
    static void start() throws Exception {
        wire = new Wire(TestPostgres.newDatabase());
        api = ApiUnderTest.startOn(wire.jdbcUrl(), "spring.datasource.hikari.maximum-pool-size=3");
    }

    @AfterAll
    static void stop() throws Exception {
        api.close();
        wire.close();
    }

    @Test
    void answers503WhileTheDatabaseIsGoneAndRecoversByItself() throws Exception {
        wire.cut();
        try {
            assertUnavailable(api.get(SOMEBODY));
            assertUnavailable(api.post("/users", "{\"email\": \"gone@example.com\", \"fullName\": \"Ada\"}"));
            assertUnavailable(api.get("/jobs/" + UUID.randomUUID() + "/result"));
            assertUnavailable(api.get("/jobs/" + UUID.randomUUID() + "/result?wait=PT5S"));
            assertUnavailable(api.get("/queues"));
            assertThat(api.get("/jobs/" + UUID.randomUUID() + "/events").status()).isEqualTo(503);
            assertThat(api.management("/actuator/health/readiness").status()).isEqualTo(503);
            assertThat(api.management("/actuator/health/liveness").status()).isEqualTo(200);
        } finally {
            wire.mend();
        }

        await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
            assertThat(api.management("/actuator/health/readiness").status()).isEqualTo(200);
            assertThat(api.get(SOMEBODY).status()).isEqualTo(404);
        });
        assertThat(api.post("/users", "{\"email\": \"gone@example.com\", \"fullName\": \"Ada\"}").status())
                .isEqualTo(201);
    }

    @Test
    void answers503WithinASecondWhenEveryConnectionIsTaken() throws Exception {
        DataSource pool = api.bean(DataSource.class);
        try (Connection _ = pool.getConnection();
                Connection _ = pool.getConnection();
                Connection _ = pool.getConnection()) {
            long before = System.nanoTime();

            assertUnavailable(api.get(SOMEBODY));

            assertThat(Duration.ofNanos(System.nanoTime() - before)).isBetween(Duration.ofMillis(600),
                    Duration.ofSeconds(1));
        }
        assertThat(api.get(SOMEBODY).status()).isEqualTo(404);
    }

    private static void assertUnavailable(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(503);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.header("Retry-After")).isEqualTo("5");
        assertThat(answer.json().path("type").asString()).isEqualTo("/problems/unavailable");
        assertThat(answer.body()).doesNotContain("Exception", "Hikari", "127.0.0.1", "jdbc");
    }
}
