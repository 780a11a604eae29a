package io.millrace.api.keys;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.millrace.api.ApiUnderTest;
import io.millrace.api.ApiUnderTest.Answer;
import io.millrace.testkit.TestPostgres;

import static io.millrace.api.keys.ClosedApi.CONFIGURED;
import static io.millrace.api.keys.ClosedApi.id;
import static io.millrace.api.keys.ClosedApi.make;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

final class ApiKeyControllerTest {

    private static final String ABSENT = "/users/00000000-0000-0000-0000-000000000000";

    @SuppressWarnings("NullAway.Init")
    private static ApiUnderTest api;

    @BeforeAll
    static void start() {
        api = ClosedApi.startOn(TestPostgres.newDatabase());
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void makesAKeyThatWorksAtOnceAndIsShownOnce() {
        Answer made = api.post("/api-keys",
                """
                {"name": "billing", "scopes": ["read", "enqueue"], "jobTypes": ["send-email"],
                 "queues": ["mail"], "rateLimit": {"requests": 100, "per": "PT1M"},
                 "quota": {"bytes": 1000000}, "expiresAt": "2030-01-01T00:00:00Z"}""",
                "Authorization", CONFIGURED);
        String key = ClosedApi.text(made);

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.header("Cache-Control")).isEqualTo("no-store");
        assertThat(api.get(ABSENT, "Authorization", "Bearer " + key).status()).isEqualTo(404);
        Answer shown = api.get(made.header("Location"), "Authorization", CONFIGURED);
        assertThat(shown.body()).doesNotContain(key, key.substring(16));
        assertThat(shown.json().path("name").asString()).isEqualTo("billing");
        assertThat(shown.json().path("scopes").toString()).isEqualTo("[\"read\",\"enqueue\"]");
        assertThat(shown.json().path("rateLimit").toString()).isEqualTo("{\"requests\":100,\"per\":\"PT1M\"}");
        assertThat(shown.json().path("quota").path("bytes").asLong()).isEqualTo(1_000_000);
        assertThat(shown.json().path("createdBy").asString()).isEqualTo("configured");
        assertThat(api.get("/api-keys", "Authorization", CONFIGURED).body()).contains("billing")
                .doesNotContain(key.substring(16));
    }

    @Test
    void keepsNothingByWhichAKeyCouldBeShown() {
        String key = make(api, "{\"name\": \"kept\", \"scopes\": [\"read\"]}");

        String rows = api.bean(JdbcClient.class)
                .sql("select string_agg(k::text || s::text, ' ') from api_keys k join api_key_secrets s on key_id = id")
                .query(String.class).single();

        assertThat(rows).contains(id(key)).doesNotContain(key.substring(key.length() - 49));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{\"scopes\": [\"read\"]} | name", "{\"name\": \" \", \"scopes\": [\"read\"]} | name",
            "{\"name\": \"a\"} | scopes", "{\"name\": \"a\", \"scopes\": []} | scopes",
            "{\"name\": \"a\", \"scopes\": [\"root\"]} | scopes[0]",
            "{\"name\": \"a\", \"scopes\": [\"read\"], \"rateLimit\": {\"requests\": 0, \"per\": \"PT1M\"}} | rateLimit.requests",
            "{\"name\": \"a\", \"scopes\": [\"read\"], \"rateLimit\": {\"requests\": 1, \"per\": \"PT0.5S\"}} | rateLimit.per",
            "{\"name\": \"a\", \"scopes\": [\"read\"], \"rateLimit\": {\"requests\": 1}} | rateLimit.per",
            "{\"name\": \"a\", \"scopes\": [\"read\"], \"quota\": {\"bytes\": -1}} | quota.bytes",
            "{\"name\": \"a\", \"scopes\": [\"read\"], \"expiresAt\": \"2020-01-01T00:00:00Z\"} | expiresAt",
            "{\"name\": \"a\", \"scopes\": [\"read\"], \"color\": 1} | color"})
    void namesWhatIsWrong(String body, String field) {
        Answer answer = api.post("/api-keys", body, "Authorization", CONFIGURED);

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.errorFields()).containsExactly(field);
    }

    @Test
    void refusesARevokedKeyAtOnceAndOnEveryNodeWithinSeconds() {
        String url = TestPostgres.newDatabase();
        try (var one = ClosedApi.startOn(url); var other = ClosedApi.startOn(url)) {
            String key = make(one, "{\"name\": \"short-lived\", \"scopes\": [\"read\"]}");
            assertThat(other.get(ABSENT, "Authorization", key).status()).isEqualTo(404);

            assertThat(one.delete("/api-keys/" + id(key), "Authorization", CONFIGURED).status()).isEqualTo(204);

            await().atMost(KeyRing.OLDEST).until(() -> other.get(ABSENT, "Authorization", key).status() == 401);
            await().atMost(KeyRing.OLDEST).until(() -> one.get(ABSENT, "Authorization", key).status() == 401);
            assertThat(one.delete("/api-keys/" + id(key), "Authorization", CONFIGURED).status()).isEqualTo(404);
        }
    }

    @Test
    void takesOldAndNewTextOfARotatedKeyWhileTheyOverlap() {
        String old = make(api, "{\"name\": \"turned\", \"scopes\": [\"read\"]}");
        String path = "/api-keys/" + id(old) + "/rotate";

        String middle = "Bearer " + ClosedApi.text(api.send("POST", path, null, "Authorization", CONFIGURED));
        assertThat(api.get(ABSENT, "Authorization", old).status()).isEqualTo(404);
        assertThat(api.get(ABSENT, "Authorization", middle).status()).isEqualTo(404);

        String last = "Bearer " + ClosedApi
                .text(api.post(path, "{\"overlap\": \"PT0S\"}", "Authorization", CONFIGURED));
        assertThat(api.get(ABSENT, "Authorization", last).status()).isEqualTo(404);
        await().until(() -> api.get(ABSENT, "Authorization", old).status() == 401);
        assertThat(api.get(ABSENT, "Authorization", middle).status()).isEqualTo(401);
    }

    @Test
    void takesNoKeyThatIsOver() {
        String key = make(api, "{\"name\": \"over\", \"scopes\": [\"read\"], \"expiresAt\": \"2030-01-01T00:00:00Z\"}");
        assertThat(api.get(ABSENT, "Authorization", key).status()).isEqualTo(404);

        api.bean(JdbcClient.class).sql("update api_keys set expires_at = now() where id = ?").param(id(key)).update();

        await().until(() -> api.get(ABSENT, "Authorization", key).status() == 401);
        assertThat(api.post("/api-keys/" + id(key) + "/rotate", "{}", "Authorization", CONFIGURED).status())
                .isEqualTo(404);
    }

    @Test
    void tellsWhenAKeyWasLastUsed() {
        String key = make(api, "{\"name\": \"used\", \"scopes\": [\"read\"]}");
        assertThat(api.get("/api-keys/" + id(key), "Authorization", CONFIGURED).json().path("lastUsedAt").isNull())
                .isTrue();

        api.get(ABSENT, "Authorization", key);

        await().until(() -> api.get("/api-keys/" + id(key), "Authorization", CONFIGURED).json().path("lastUsedAt")
                .isString());
    }

    @ParameterizedTest
    @CsvSource({"POST, /api-keys", "GET, /api-keys", "GET, /api-keys/abc", "DELETE, /api-keys/abc",
            "POST, /api-keys/abc/rotate"})
    void isForOperatorsOnly(String method, String path) {
        String key = make(api, "{\"name\": \"no-operator\", \"scopes\": [\"read\", \"enqueue\"]}");

        Answer answer = api.send(method, path, method.equals("POST") ? "{}" : null, "Authorization", key,
                "Content-Type", "application/json");

        assertThat(answer.status()).as(answer.body()).isEqualTo(403);
        assertThat(answer.json().path("type").asString()).isEqualTo("/problems/insufficient-scope");
        assertThat(answer.json().path("detail").asString()).contains("operate");
    }
}
