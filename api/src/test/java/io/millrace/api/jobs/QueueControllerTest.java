package io.millrace.api.jobs;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

import io.millrace.api.ApiUnderTest;
import io.millrace.apitest.Echo;
import io.millrace.apitest.Held;
import io.millrace.apitest.Hopeless;
import io.millrace.jobs.EnqueueOptions;
import io.millrace.jobs.JobQueue;
import io.millrace.testkit.RecordingDriver;
import io.millrace.testkit.StatementRecorder;
import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

final class QueueControllerTest {

    @SuppressWarnings("NullAway.Init")
    private static StatementRecorder recorder;

    @SuppressWarnings("NullAway.Init")
    private static ApiUnderTest api;

    @BeforeAll
    static void start() {
        recorder = StatementRecorder.of(TestPostgres.newDatabase());
        api = ApiUnderTest.startOn(recorder.jdbcUrl(),
                "spring.datasource.driver-class-name=" + RecordingDriver.class.getName(),
                "millrace.jobs.worker.enabled=true", "millrace.jobs.worker.concurrency=4",
                "millrace.jobs.packages=io.millrace.core,io.millrace.apitest",
                "spring.main.sources=io.millrace.apitest", "millrace.jobs.worker.stop-timeout=PT0S");
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void countsWhatIsInAQueueAndWhatWentThroughIt() {
        var queue = api.bean(JobQueue.class);
        for (int i = 0; i < 3; i++) {
            queue.enqueue(new Echo("done"), EnqueueOptions.DEFAULTS.withQueue("counted"));
        }
        queue.enqueue(new Hopeless(), EnqueueOptions.DEFAULTS.withQueue("counted"));
        queue.enqueue(new Held(), EnqueueOptions.DEFAULTS.withQueue("counted"));
        queue.enqueue(new Echo("later"),
                EnqueueOptions.DEFAULTS.withQueue("counted").withRunAt(Instant.now().plusSeconds(600)));
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            var counted = look("counted");
            assertThat(counted.path("processedPerMinute").asInt()).isEqualTo(4);
            assertThat(counted.path("processing").asInt()).isEqualTo(1);
        });
        assertThat(api.post("/queues/counted/pause", "").json().path("paused").asBoolean()).isTrue();
        queue.enqueue(new Echo("waits"), EnqueueOptions.DEFAULTS.withQueue("counted"));
        queue.enqueue(new Echo("waits, too"),
                EnqueueOptions.DEFAULTS.withQueue("counted").withConcurrencyLimit("few", 1));
        age("counted", 90);

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(look("counted").path("enqueued").asInt()).isEqualTo(2));

        var counted = look("counted");
        assertThat(counted.propertyNames()).containsExactly("name", "paused", "rate", "enqueued", "processing",
                "scheduled", "failed", "oldestEnqueuedAge", "processedPerMinute", "enqueuedPerMinute");
        assertThat(counted.path("paused").asBoolean()).isTrue();
        assertThat(counted.path("scheduled").asInt()).isEqualTo(1);
        assertThat(counted.path("failed").asInt()).isEqualTo(1);
        assertThat(Duration.parse(counted.path("oldestEnqueuedAge").asString())).isBetween(Duration.ofSeconds(90),
                Duration.ofSeconds(150));
        assertThat(counted.path("rate").isNull()).isTrue();

        api.bean(Held.Handler.class).release();
        assertThat(api.post("/queues/counted/resume", "").json().path("paused").asBoolean()).isFalse();
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(look("counted").path("processedPerMinute").asInt()).isEqualTo(7);
            assertThat(look("counted").path("enqueued").asInt()).isZero();
            assertThat(look("counted").path("oldestEnqueuedAge").isNull()).isTrue();
        });
        var failed = api.bean(JdbcClient.class)
                .sql("select id from millrace_jobs.jobrunr_jobs where state = 'FAILED' and queue = 'counted'")
                .query(String.class).single();
        queue.cancel(queue.enqueue(new Held()));
        api.bean(JdbcClient.class).sql("delete from millrace_jobs.jobrunr_jobs where id = ?").param(failed).update();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(look("counted").path("failed").asInt()).isZero());
    }

    @Test
    void countsWhatCame() {
        var queue = api.bean(JobQueue.class);
        queue.enqueue(new Echo("now"), EnqueueOptions.DEFAULTS.withQueue("coming"));
        queue.enqueue(new Echo("later"),
                EnqueueOptions.DEFAULTS.withQueue("coming").withRunAt(Instant.now().plusSeconds(600)));

        // Each process writes its counts down every ten seconds.
        await().atMost(Duration.ofSeconds(60)).untilAsserted(
                () -> assertThat(look("coming").path("enqueuedPerMinute").asInt()).isEqualTo(2));
    }

    @Test
    void listsTheQueuesOfJobTypesAndThoseThatAreHeldUp() {
        api.post("/queues/not-used-yet/pause", "");

        var names = api.get("/queues").json().values().stream().map(queue -> queue.path("name").asString()).toList();

        assertThat(names).contains("default", "mail", "not-used-yet").isSorted().doesNotHaveDuplicates();
        assertThat(api.get("/queues/mail").json().path("enqueued").asInt()).isZero();
        assertThat(api.get("/queues/nobodys").status()).isEqualTo(404);
        api.post("/queues/not-used-yet/resume", "");
        assertThat(api.get("/queues/not-used-yet").json().path("paused").asBoolean()).isFalse();
    }

    @Test
    void limitsRates() {
        var limited = api.put("/queues/slow/rate", "{\"jobs\": 10, \"per\": \"PT1M\"}");

        assertThat(limited.status()).isEqualTo(200);
        assertThat(limited.json().path("rate")).hasToString("{\"jobs\":10,\"per\":\"PT1M\"}");
        assertThat(api.put("/queues/slow/rate", "{\"jobs\": 0, \"per\": \"PT1M\"}").errorFields())
                .containsExactly("rate");
        assertThat(api.put("/queues/slow/rate", "{}").errorFields()).containsExactlyInAnyOrder("jobs", "per");
        assertThat(api.delete("/queues/slow/rate").status()).isEqualTo(204);
        assertThat(api.delete("/queues/slow/rate", "Accept", "text/plain").status()).isEqualTo(204);
        assertThat(api.get("/queues").body()).doesNotContain("\"jobs\":10");
    }

    @Test
    void refusesANameThatNoQueueCanHave() {
        for (var call : new String[]{"pause", "resume"}) {
            var refused = api.post("/queues/No%20Queue/" + call, "");
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.errorFields()).containsExactly("queue");
        }
    }

    @Test
    void asksTheDatabaseOnceASecondHoweverManyLook() {
        var figures = recorder.during(() -> {
            long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
            while (System.nanoTime() < end) {
                assertThat(api.get("/queues").status()).isEqualTo(200);
            }
        }).stream().filter(statement -> statement.sql().contains("'processed'")).toList();

        assertThat(figures.size()).isBetween(1, 4);
    }

    private static JsonNode look(String queue) {
        return api.get("/queues/" + queue).json();
    }

    private static void age(String queue, int seconds) {
        api.bean(JdbcClient.class).sql("""
                                       update millrace_jobs.jobrunr_jobs
                                       set updatedAt = updatedAt - make_interval(secs => ?)
                                       where queue = ? and state = 'ENQUEUED'
                                       """).param(seconds).param(queue).update();
    }
}
