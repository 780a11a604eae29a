package io.millrace.api.jobs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.millrace.api.ApiUnderTest;
import io.millrace.api.ApiUnderTest.Answer;
import io.millrace.apitest.Held;
import io.millrace.testkit.TestRedis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

final class JobResultTest {

    private static final int CONNECTIONS = 4;

    @SuppressWarnings("NullAway.Init")
    private static ApiUnderTest api;

    @SuppressWarnings("NullAway.Init")
    private static TestRedis redis;

    // Patient with the pool, so that a busy machine does not look like a lack of connections.
    @BeforeAll
    static void start() {
        redis = new TestRedis();
        api = ApiUnderTest.start("millrace.jobs.worker.enabled=true",
                "millrace.jobs.packages=io.millrace.core,io.millrace.apitest",
                "spring.main.sources=io.millrace.apitest",
                "millrace.jobs.worker.concurrency=2", "millrace.jobs.worker.stop-timeout=PT0S",
                "spring.datasource.hikari.maximum-pool-size=" + CONNECTIONS,
                "spring.datasource.hikari.connection-timeout=15000",
                "millrace.redis.url=" + redis.url());
    }

    @AfterAll
    static void stop() {
        api.close();
        redis.close();
    }

    @Test
    void answersWhatTheHandlerReturned() {
        String job = enqueue("echo", "{\"text\": \"Zoë\"}");

        Answer answer = api.get(job + "/result?wait=PT30S");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.body()).isEqualTo("{\"text\":\"Zoë\"}");
        await().atMost(Duration.ofSeconds(20)).untilAsserted(
                () -> assertThat(api.get(job).json().path("state").asString()).isEqualTo("SUCCEEDED"));
        assertThat(api.get(job).json().path("result").path("text").asString()).isEqualTo("Zoë");
    }

    @Test
    void answersFromRedisWhatPostgresWouldNoLongerKnow() {
        // More than once if need be: after another test took Redis away, it takes a moment to be noticed again.
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            String job = enqueue("echo", "{\"text\": \"cached\"}");
            assertThat(api.get(job + "/result?wait=PT30S").status()).isEqualTo(200);

            api.bean(JdbcClient.class).sql("delete from millrace_jobs.job_results").update();

            assertThat(api.get(job + "/result").body()).isEqualTo("{\"text\":\"cached\"}");
        });
    }

    @Test
    void staysReadyAndAnswersFromPostgresWhileRedisIsGone() {
        redis.stop();
        try {
            Answer answer = api.get(enqueue("echo", "{\"text\": \"alone\"}") + "/result?wait=PT30S");

            assertThat(answer.body()).isEqualTo("{\"text\":\"alone\"}");
            assertThat(api.management("/actuator/health/readiness").status()).isEqualTo(200);
        } finally {
            redis.restart();
        }
    }

    @Test
    void saysWhyAFailedJobHasNoResult() {
        Answer answer = api.get(enqueue("hopeless", "{}") + "/result?wait=PT30S");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().path("type").asString()).isEqualTo("/problems/job-failed");
        assertThat(answer.json().path("detail").asString()).isEqualTo("there is no way");
        assertThat(answer.json().path("error").path("type").asString()).isEqualTo("PermanentFailure");
        assertThat(answer.json().path("error").path("message").asString()).isEqualTo("there is no way");
    }

    @Test
    void saysThatAResultHasExpired() {
        String job = enqueue("brief", "{}");

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(api.get(job + "/result").status()).isEqualTo(410));
        assertThat(api.get(job + "/result").json().path("type").asString()).isEqualTo("/problems/gone");
    }

    @Test
    void answersNullForAJobThatReturnsNothingUntilThatWouldHaveExpired() {
        String job = enqueue("silent", "{}");

        Answer answer = api.get(job + "/result?wait=PT30S");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.body()).isEqualTo("null");
        assertThat(api.get(job).body()).contains("\"result\":null");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(api.get(job + "/result").status()).isEqualTo(410));
    }

    @Test
    void answers202WhileThereIsNoResultAndTheResultOnceThereIsOne() throws Exception {
        String job = enqueue("held", "{}");

        Answer early = api.get(job + "/result?wait=PT0.3S");
        assertThat(early.status()).isEqualTo(202);
        assertThat(early.header("Retry-After")).isEqualTo("1");
        assertThat(early.body()).isEmpty();

        try (var background = Executors.newVirtualThreadPerTaskExecutor()) {
            var late = background.submit(() -> api.get(job + "/result?wait=PT60S"));
            api.bean(Held.Handler.class).release();
            assertThat(late.get().body()).isEqualTo("\"released\"");
        }
    }

    @Test
    void holdsNoConnectionWhileItWaits() {
        String job = enqueue("held", "{}");
        try (var background = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Answer>> waiting = new ArrayList<>();
            for (int i = 0; i < 10 * CONNECTIONS; i++) {
                waiting.add(CompletableFuture.supplyAsync(() -> api.get(job + "/result?wait=PT60S"), background));
            }

            await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(20))
                    .until(() -> api.get("/users/" + UUID.randomUUID()).status() == 404);
            api.bean(Held.Handler.class).release();

            assertThat(waiting).allSatisfy(answer -> assertThat(answer.join().status()).isEqualTo(200));
        }
    }

    private static String enqueue(String type, String payload) {
        Answer answer = api.post("/jobs", "{\"type\": \"%s\", \"payload\": %s}".formatted(type, payload));
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        return answer.header("Location");
    }
}
