package io.millrace.api.keys;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.millrace.api.ApiUnderTest;
import io.millrace.api.ApiUnderTest.Answer;
import io.millrace.testkit.TestPostgres;

import static io.millrace.api.keys.ClosedApi.CONFIGURED;
import static io.millrace.api.keys.ClosedApi.id;
import static io.millrace.api.keys.ClosedApi.make;
import static org.assertj.core.api.Assertions.assertThat;

/** Operators of some job types or queues, and no way around that. */
final class RestrictedOperatorTest {

    private static final String ALL_SCOPES = "\"scopes\": [\"enqueue\", \"read\", \"operate\"]";

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

    @ParameterizedTest
    @ValueSource(strings = {"\"jobTypes\": [\"send-email\"]", "\"queues\": [\"mail\"]"})
    void makesRotatesAndRevokesNoKey(String restriction) {
        String key = make(api, "{\"name\": \"some\", " + ALL_SCOPES + ", " + restriction + "}");
        String other = make(api, "{\"name\": \"other\", \"scopes\": [\"read\"]}");
        String path = "/api-keys/" + id(other);

        assertProblem(api.post("/api-keys", "{\"name\": \"new\", \"scopes\": [\"read\"]}", "Authorization", key),
                "insufficient-scope", "all job types and queues");
        assertProblem(api.post(path + "/rotate", "{}", "Authorization", key), "insufficient-scope",
                "all job types and queues");
        assertProblem(api.delete(path, "Authorization", key), "insufficient-scope", "all job types and queues");
        assertThat(api.get("/posts", "Authorization", other).status()).isEqualTo(200);
    }

    @Test
    void gainsNoScopeByAnotherKey() {
        String key = make(api, "{\"name\": \"operator\", \"scopes\": [\"read\", \"operate\"]}");
        String writer = make(api, "{\"name\": \"writer\", \"scopes\": [\"enqueue\"]}");
        String reader = make(api, "{\"name\": \"reader\", \"scopes\": [\"read\"]}");

        assertProblem(
                api.post("/api-keys", "{\"name\": \"new\", \"scopes\": [\"read\", \"enqueue\"]}", "Authorization", key),
                "insufficient-scope", "scope enqueue");
        assertProblem(api.post("/api-keys/" + id(writer) + "/rotate", "{}", "Authorization", key),
                "insufficient-scope", "scope enqueue");
        assertThat(api.post("/api-keys/" + id(reader) + "/rotate", "{}", "Authorization", key).status()).isEqualTo(200);
        assertThat(api.post("/api-keys", "{\"name\": \"new\", \"scopes\": [\"read\"]}", "Authorization", key).status())
                .isEqualTo(201);
        assertThat(api.delete("/api-keys/" + id(writer), "Authorization", key).status()).isEqualTo(204);
    }

    @Test
    void touchesNoScheduleOfOtherJobs() {
        String mails = make(api, "{\"name\": \"mails\", " + ALL_SCOPES + ", \"jobTypes\": [\"send-email\"]}");
        String slow = make(api, "{\"name\": \"slow\", " + ALL_SCOPES + ", \"queues\": [\"slow\"]}");
        String theirs = "/schedules/theirs";
        String profile = """
                         {"every": "PT1H", "type": "profile-file", "payload": {"fileId": "0199a1b2-0000-7000-8000-000000000001"}}
                         """;
        String mail = """
                      {"every": "PT1H", "type": "send-email", "queue": "slow",
                       "payload": {"to": "a@example.com", "subject": "Hello", "text": "Hello"}}
                      """;
        assertThat(api.put(theirs, profile, "Authorization", CONFIGURED).status()).isEqualTo(201);

        for (String key : new String[]{mails, slow}) {
            assertNotAllowed(api.put(theirs, mail, "Authorization", key));
            for (String verb : new String[]{"/pause", "/resume", "/run"}) {
                assertNotAllowed(api.send("POST", theirs + verb, "", "Authorization", key));
            }
            assertNotAllowed(api.delete(theirs, "Authorization", key));
            assertThat(api.put("/schedules/ours", mail, "Authorization", key).status()).isEqualTo(201);
            assertThat(api.send("POST", "/schedules/ours/pause", "", "Authorization", key).status()).isEqualTo(200);
            assertThat(api.send("POST", "/schedules/ours/resume", "", "Authorization", key).status()).isEqualTo(200);
            assertThat(api.send("POST", "/schedules/ours/run", "", "Authorization", key).status()).isEqualTo(202);
            assertThat(api.put("/schedules/ours", mail, "Authorization", key).status()).isEqualTo(200);
            assertThat(api.delete("/schedules/ours", "Authorization", key).status()).isEqualTo(204);
            assertThat(api.delete("/schedules/ours", "Authorization", key).status()).isEqualTo(404);
        }
        assertThat(api.get(theirs, "Authorization", CONFIGURED).json().path("type").asString())
                .isEqualTo("profile-file");
    }

    @Test
    void putsBackOnlyJobsOfItsOwn() {
        String key = make(api, """
                               {"name": "both", %s, "jobTypes": ["send-email", "http-call"], "queues": ["mail"]}
                               """.formatted(ALL_SCOPES));

        assertNotAllowed(retry(key, ""));
        assertNotAllowed(retry(key, "?dryRun=true"));
        assertNotAllowed(retry(key, "?type=send-email"));
        assertNotAllowed(retry(key, "?queue=mail"));
        assertNotAllowed(retry(key, "?type=profile-file&queue=mail"));
        assertNotAllowed(retry(key, "?type=send-email&queue=files"));
        assertThat(retry(key, "").json().path("detail").asString())
                .contains("give type (http-call, send-email) and queue (mail)");
        assertThat(retry(key, "?type=send-email&queue=mail").status()).isEqualTo(200);
        assertThat(retry(CONFIGURED, "").status()).isEqualTo(200);
    }

    private static Answer retry(String key, String query) {
        return api.send("POST", "/jobs/retry" + query, "", "Authorization", key);
    }

    private static void assertNotAllowed(Answer answer) {
        assertProblem(answer, "job-not-allowed", "This key");
    }

    private static void assertProblem(Answer answer, String kind, String detail) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(403);
        assertThat(answer.json().path("type").asString()).isEqualTo("/problems/" + kind);
        assertThat(answer.json().path("detail").asString()).contains(detail);
    }
}
