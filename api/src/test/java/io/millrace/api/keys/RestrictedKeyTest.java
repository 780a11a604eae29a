package io.millrace.api.keys;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.millrace.api.ApiUnderTest;
import io.millrace.api.ApiUnderTest.Answer;
import io.millrace.testkit.TestPostgres;

import static io.millrace.api.keys.ClosedApi.make;
import static org.assertj.core.api.Assertions.assertThat;

/** Keys for some job types and queues, and keys for some scopes. */
final class RestrictedKeyTest {

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
    void enqueuesOnlyTheJobTypesOfTheKey() {
        String mails = make(api, "{\"name\": \"a\", \"scopes\": [\"enqueue\"], \"jobTypes\": [\"send-email\"]}");
        String files = make(api, "{\"name\": \"b\", \"scopes\": [\"enqueue\"], \"jobTypes\": [\"profile-file\"]}");

        assertThat(enqueue(mails, "").status()).isEqualTo(202);
        long jobs = jobs();
        assertNotAllowed(enqueue(files, ""));
        assertThat(jobs()).isEqualTo(jobs);
    }

    @Test
    void uploadsFilesOnlyForTheJobTypesOfTheKey() {
        String key = make(api, "{\"name\": \"u\", \"scopes\": [\"enqueue\"], \"jobTypes\": [\"profile-file\"]}");
        String[] headers = {"Authorization", key, "Content-Disposition", "attachment; filename=\"users.csv\""};

        assertThat(api.post("/files?process=profile-file", "a", headers).status()).isEqualTo(202);
        assertThat(api.post("/files", "a", headers).status()).isEqualTo(201);
        assertNotAllowed(api.post("/files?process=import-users", "a", headers));
    }

    @Test
    void enqueuesOnlyToTheQueuesOfTheKey() {
        String key = make(api, "{\"name\": \"c\", \"scopes\": [\"enqueue\"], \"queues\": [\"slow\"]}");

        assertThat(enqueue(key, ", \"queue\": \"slow\"").status()).isEqualTo(202);
        assertNotAllowed(enqueue(key, ", \"queue\": \"fast\""));
        // That of the job type, where none is named.
        assertNotAllowed(enqueue(key, ""));
    }

    @Test
    void namesTheLineOfABulkThatTheKeyDoesNotAllow() {
        String key = make(api, "{\"name\": \"bulk\", \"scopes\": [\"enqueue\"], \"queues\": [\"slow\"]}");
        String mail = "{\"type\": \"send-email\", \"payload\": {\"to\": \"a@example.com\", \"subject\": \"s\", \"text\": \"t\"},"
                + " \"queue\": \"";

        Answer answer = api.post("/jobs/bulk", "[" + mail + "slow\"}, " + mail + "fast\"}]", "Authorization", key);

        assertNotAllowed(answer);
        assertThat(answer.json().path("errors").path(0).path("line").asInt()).isEqualTo(2);
    }

    @Test
    void doesNothingBeyondItsScopes() {
        String reader = make(api, "{\"name\": \"d\", \"scopes\": [\"read\"]}");
        String writer = make(api, "{\"name\": \"e\", \"scopes\": [\"enqueue\"]}");

        assertThat(api.get("/posts", "Authorization", reader).status()).isEqualTo(200);
        assertNeeds(api.post("/users", "{}", "Authorization", reader), "enqueue");
        assertNeeds(api.delete("/cache?tag=posts", "Authorization", reader), "operate");
        assertThat(api.post("/users", "{}", "Authorization", writer).status()).isEqualTo(400);
        assertNeeds(api.get("/posts", "Authorization", writer), "read");
        assertNeeds(api.get("/export/users", "Authorization", writer), "read");
        assertThat(api.get("/nowhere", "Authorization", reader).status()).isEqualTo(404);
        assertThat(api.get("/nowhere").status()).isEqualTo(401);
    }

    private static Answer enqueue(String key, String more) {
        return api.post("/jobs", """
                                 {"type": "send-email",
                                  "payload": {"to": "a@example.com", "subject": "Hello", "text": "Hello"}%s}
                                 """.formatted(more), "Authorization", key);
    }

    private static long jobs() {
        return api.bean(JdbcClient.class).sql("select count(*) from millrace_jobs.jobrunr_jobs").query(Long.class)
                .single();
    }

    private static void assertNotAllowed(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(403);
        assertThat(answer.json().path("type").asString()).isEqualTo("/problems/job-not-allowed");
    }

    private static void assertNeeds(Answer answer, String scope) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(403);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().path("type").asString()).isEqualTo("/problems/insufficient-scope");
        assertThat(answer.json().path("detail").asString()).contains("scope " + scope);
    }
}
