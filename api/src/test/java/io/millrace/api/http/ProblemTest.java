package io.millrace.api.http;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.millrace.api.ApiUnderTest;

import static org.assertj.core.api.Assertions.assertThat;

final class ProblemTest {

    @SuppressWarnings("NullAway.Init")
    private static ApiUnderTest api;

    @BeforeAll
    static void start() {
        api = ApiUnderTest.start();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void answersAnUnknownPathWithAProblem() {
        var answer = api.get("/nowhere");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().path("type").asString()).isEqualTo("/problems/not-found");
    }

    @Test
    void isReadyOnceTheDatabaseIsThere() {
        assertThat(api.management("/actuator/health/readiness").json().path("status").asString()).isEqualTo("UP");
        assertThat(api.management("/actuator/health/liveness").status()).isEqualTo(200);
        assertThat(api.management("/actuator/prometheus").body()).contains("hikaricp_connections");
    }
}
