package io.millrace.api.jobs;

import java.time.Duration;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.millrace.api.ApiUnderTest;
import io.millrace.api.ApiUnderTest.Answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** With a worker beside it. */
final class JobOrderControllerTest {

    @SuppressWarnings("NullAway.Init")
    private static ApiUnderTest api;

    @BeforeAll
    static void start() {
        api = ApiUnderTest.start("millrace.jobs.worker.enabled=true",
                "millrace.jobs.packages=io.millrace.core,io.millrace.apitest",
                "spring.main.sources=io.millrace.apitest",
                "millrace.jobs.worker.stop-timeout=PT0S");
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void cancelsAWaitingJobAndARunningOneOnce() {
        String waiting = enqueue("held", ", \"delay\": \"PT1H\"");
        String running = enqueue("held", "");
        awaitState(running, "PROCESSING");

        for (String job : new String[]{waiting, running}) {
            assertThat(api.delete(job).status()).isEqualTo(204);
            assertThat(api.get(job).json().path("state").asString()).isEqualTo("DELETED");
            assertProblem(api.delete(job), 409, "job-ended");
            assertProblem(api.send("POST", job + "/retry", ""), 409, "job-not-failed");
        }
    }

    @Test
    void putsFailedJobsBack() {
        String one = enqueue("hopeless", ", \"queue\": \"first\"");
        String other = enqueue("hopeless", ", \"queue\": \"second\"");
        awaitState(one, "FAILED");
        awaitState(other, "FAILED");
        assertProblem(api.delete(one), 409, "job-ended");

        Answer dry = api.send("POST", "/jobs/retry?type=hopeless&dryRun=true", "");
        Answer again = api.send("POST", one + "/retry", "");
        Answer all = api.send("POST", "/jobs/retry?type=hopeless&queue=second&limit=5", "");

        assertThat(dry.body()).isEqualTo("{\"retried\":2,\"byType\":{\"hopeless\":2},\"dryRun\":true}");
        assertThat(again.status()).isEqualTo(202);
        assertThat(again.json().path("id").asString()).isEqualTo(one.substring("/jobs/".length()));
        assertThat(all.body()).isEqualTo("{\"retried\":1,\"byType\":{\"hopeless\":1},\"dryRun\":false}");
        assertThat(api.send("POST", "/jobs/retry?queue=third", "").json().path("retried").asInt()).isZero();
    }

    @Test
    void knowsNoOthers() {
        for (String id : new String[]{UUID.randomUUID().toString(), "nothing"}) {
            assertProblem(api.delete("/jobs/" + id), 404, "not-found");
            assertProblem(api.send("POST", "/jobs/" + id + "/retry", ""), 404, "not-found");
        }
    }

    @Test
    void namesAParameterThatIsNone() {
        for (String query : new String[]{"limit=0", "limit=10001", "limit=x", "dryRun=1", "type=%00", "queue="}) {
            Answer answer = api.send("POST", "/jobs/retry?" + query, "");
            assertThat(answer.status()).as(query).isEqualTo(400);
            assertThat(answer.errorFields()).containsExactly(query.substring(0, query.indexOf('=')));
        }
    }

    private static void awaitState(String job, String state) {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(
                () -> assertThat(api.get(job).json().path("state").asString()).isEqualTo(state));
    }

    private static String enqueue(String type, String options) {
        Answer answer = api.post("/jobs", "{\"type\": \"" + type + "\", \"payload\": {}" + options + "}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        return answer.header("Location");
    }

    private static void assertProblem(Answer answer, int status, String kind) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.json().path("type").asString()).isEqualTo("/problems/" + kind);
    }
}
