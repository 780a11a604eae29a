package io.millrace.api.keys;

import org.junit.jupiter.api.Test;

import io.millrace.api.ApiUnderTest.Answer;
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
}
