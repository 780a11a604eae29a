package io.millrace.api.http;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.millrace.api.ApiUnderTest;
import io.millrace.api.ApiUnderTest.Answer;

import static org.assertj.core.api.Assertions.assertThat;

final class ApiKeyTest {

    private static final String USERS = "/users/not-an-id";

    @SuppressWarnings("NullAway.Init")
    private static ApiUnderTest api;

    @BeforeAll
    static void start() {
        api = ApiUnderTest.start("millrace.api.open=false", "millrace.api.keys=first-key,, second-key");
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer first-key", "Bearer second-key", "bearer first-key"})
    void letsInWhoShowsAKey(String authorization) {
        assertThat(api.get(USERS, "Authorization", authorization).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer wrong", "Bearer first-key2", "Bearer first-ke", "Bearer ", "Bearer",
            "Basic first-key",
            "first-key", "Bearer first-key,, second-key"})
    void turnsAwayWhoShowsNoKey(String authorization) {
        assertTurnedAway(api.get(USERS, "Authorization", authorization));
        assertTurnedAway(api.post("/users", "{}", "Authorization", authorization));
    }

    @Test
    void turnsAwayWhoShowsNothing() {
        assertTurnedAway(api.get(USERS));
        assertTurnedAway(api.get("/nowhere"));
        assertTurnedAway(api.get("/actuator/health/../../users/not-an-id"));
        assertTurnedAway(api.get("/actuator/health;/../../users/not-an-id"));
    }

    @Test
    void answersHealthToAnybody() {
        assertThat(api.management("/actuator/health/readiness").status()).isEqualTo(200);
        assertThat(api.management("/actuator/health/liveness").status()).isEqualTo(200);
        assertThat(api.management("/actuator/health").body()).isEqualTo("{\"groups\":[\"liveness\",\"readiness\"],"
                + "\"status\":\"UP\"}");
    }

    private static void assertTurnedAway(Answer answer) {
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer realm=\"millrace\"");
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().path("type").asString()).isEqualTo("/problems/unauthorized");
    }
}
