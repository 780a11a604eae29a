package io.millrace.api.openapi;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.millrace.api.ApiUnderTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What no walk comes by itself: keys, uploads that have begun, and jobs that have ended. The worker takes jobs of one queue only, so that others wait. */
final class Prerequisites {

    private static final String KEY = "a-key-of-a-walk-that-may-do-everything";
    private static final String FULL = "Bearer " + KEY;
    private static final int JOBS = 5;
    private static final int UPLOADS = 100;

    static final List<String> SETTINGS = List.of("millrace.api.open=false", "millrace.api.keys=" + KEY,
            "millrace.jobs.packages=io.millrace.core,io.millrace.apitest", "spring.main.sources=io.millrace.apitest",
            "millrace.jobs.worker.enabled=true", "millrace.jobs.worker.queues=walk",
            "millrace.jobs.worker.stop-timeout=PT0S", "millrace.api.follow.heartbeat=PT1S");

    private final ApiUnderTest api;
    private final KnownIds ids;

    Prerequisites(ApiUnderTest api, KnownIds ids) {
        this.api = api;
        this.ids = ids;
    }

    /** Some that have a result and some that have failed. */
    void jobs() {
        for (int i = 0; i < JOBS; i++) {
            ids.keep("jobs", ended("hopeless", "{}", "FAILED"));
            ids.keep("jobs", ended("echo", "{\"text\": \"a\"}", "SUCCEEDED"));
        }
    }

    /** Some of which nothing has come: more than the walk deletes. Their ids stand in no body. */
    void uploads() {
        for (int i = 0; i < UPLOADS; i++) {
            String path = api.post("/files/tus", "", WalkKeys.HEADER, FULL, "Tus-Resumable", "1.0.0", "Upload-Length",
                    "16").header("Location");
            ids.keep("uploads", path.substring("/files/tus/".length()));
        }
    }

    /** Those of the walk itself, which it must not revoke. */
    WalkKeys keys() {
        Map<String, String> byScope = Stream.of("enqueue", "read", "operate")
                .collect(Collectors.toMap(scope -> scope, scope -> key(scope, "")));
        String usedUp = key("read", ", \"rateLimit\": {\"requests\": 1, \"per\": \"P31D\"}");
        await().atMost(Duration.ofSeconds(20)).untilAsserted(
                () -> assertThat(api.get("/queues", WalkKeys.HEADER, usedUp).status()).isEqualTo(429));
        return new WalkKeys(FULL, byScope, usedUp);
    }

    private String ended(String type, String payload, String state) {
        var queued = api.post("/jobs",
                "{\"type\": \"" + type + "\", \"queue\": \"walk\", \"payload\": " + payload + "}",
                WalkKeys.HEADER, FULL);
        String job = queued.header("Location");
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                api.get(job, WalkKeys.HEADER, FULL).json().path("state").asString()).isEqualTo(state));
        return job.substring("/jobs/".length());
    }

    private String key(String scope, String more) {
        var made = api.post("/api-keys", "{\"name\": \"a walk\", \"scopes\": [\"" + scope + "\"]" + more + "}",
                WalkKeys.HEADER, FULL);
        ids.leaveAlone(made.json().path("id").asString());
        return "Bearer " + made.json().path("key").asString();
    }
}
