package io.millrace.api.keys;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import io.millrace.api.ApiUnderTest.Answer;
import io.millrace.api.Crowd;
import io.millrace.api.Wire;
import io.millrace.testkit.TestPostgres;

import static io.millrace.api.keys.ClosedApi.CONFIGURED;
import static io.millrace.api.keys.ClosedApi.make;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

final class KeyOutageTest {

    @Test
    void acceptsNoKeyThatMayHaveBeenRevokedMeanwhile() throws Exception {
        try (var wire = new Wire(TestPostgres.newDatabase()); var api = ClosedApi.startOn(wire.jdbcUrl())) {
            String key = make(api, "{\"name\": \"outage\", \"scopes\": [\"read\"]}");
            assertThat(api.get("/nowhere", "Authorization", key).status()).isEqualTo(404);

            wire.cut();

            await().until(() -> api.get("/nowhere", "Authorization", key).status() == 503);
            Answer refused = api.get("/nowhere", "Authorization", key);
            assertThat(refused.json().path("type").asString()).isEqualTo("/problems/unavailable");
            assertThat(refused.header("Retry-After")).isEqualTo("5");
            assertThat(api.get("/nowhere", "Authorization", CONFIGURED).status()).isEqualTo(404);
            assertThat(api.get("/nowhere", "Authorization", "Bearer nonsense").status()).isEqualTo(401);

            wire.mend();

            await().until(() -> api.get("/nowhere", "Authorization", key).status() == 404);
        }
    }

    @Test
    void letsNoCallerWaitBehindAllTheOthers() throws Exception {
        try (var wire = new Wire(TestPostgres.newDatabase()); var api = ClosedApi.startOn(wire.jdbcUrl())) {
            String key = make(api, "{\"name\": \"crowd\", \"scopes\": [\"read\"]}");
            String limited = make(api, """
                                       {"name": "limited", "scopes": ["read"],
                                        "rateLimit": {"requests": 3, "per": "PT1H"}}""");
            assertThat(api.get("/nowhere", "Authorization", key).status()).isEqualTo(404);
            // What is known of the keys is new, so this is the window alone.
            wire.cut();
            assertAnsweredInTime(Crowd.of(() -> api.get("/nowhere", "Authorization", limited)));

            await().until(() -> api.get("/nowhere", "Authorization", key).status() == 503);
            assertAnsweredInTime(Crowd.of(() -> api.get("/nowhere", "Authorization", key)));
            assertAnsweredInTime(Crowd.of(() -> api.get("/nowhere", "Authorization",
                    "Bearer " + KeyText.random().text())));
        }
    }

    private static void assertAnsweredInTime(Crowd crowd) {
        assertThat(crowd.answers()).allSatisfy(answer -> assertThat(answer.status()).isEqualTo(503));
        assertThat(crowd.until()).isLessThan(Duration.ofSeconds(4));
    }
}
