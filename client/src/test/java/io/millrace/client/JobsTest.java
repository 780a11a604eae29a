package io.millrace.client;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import io.millrace.client.ScriptedServer.Answer;

import static io.millrace.client.ScriptedServer.job;
import static io.millrace.client.ScriptedServer.jobJson;
import static io.millrace.client.ScriptedServer.json;
import static io.millrace.client.ScriptedServer.lost;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What can be asked of jobs that are there. */
class JobsTest {

    @Test
    void listsPageByPageAsTheyAreRead() {
        var page = jobJson("a", JobState.FAILED) + "," + jobJson("b", JobState.FAILED);
        try (var server = new ScriptedServer(page(page, "\"next 1\""), page("", "\"next 2\""),
                page(jobJson("c", JobState.FAILED), "null")); var client = client(server)) {
            var filter = JobFilter.ALL.withState(JobState.FAILED).withType("send-email").withLabel("user:1");

            assertThat(client.list(filter).findFirst()).get().extracting(Job::id).isEqualTo("a");
            assertThat(server.requests()).extracting(ScriptedServer.Request::path)
                    .containsExactly("/jobs?state=FAILED&type=send-email&label=user%3A1&limit=100");
        }
        try (var server = new ScriptedServer(page(page, "\"next 1\""), page("", "\"next 2\""),
                page(jobJson("c", JobState.FAILED), "null")); var client = client(server)) {
            assertThat(client.list(JobFilter.ALL)).extracting(Job::id).containsExactly("a", "b", "c");
            assertThat(server.requests()).extracting(ScriptedServer.Request::path).containsExactly("/jobs?limit=100",
                    "/jobs?limit=100&cursor=next%201", "/jobs?limit=100&cursor=next%202");
        }
    }

    @Test
    void findsAJobOrNone() {
        try (var server = new ScriptedServer(job(200, "a", JobState.PROCESSING), json(404, ""));
                var client = client(server)) {
            assertThat(client.find("a/b")).get().extracting(Job::state).isEqualTo(JobState.PROCESSING);
            assertThat(client.find("a/b")).isEmpty();
            assertThat(server.requests().get(0).path()).isEqualTo("/jobs/a%2Fb");
        }
    }

    @Test
    void cancelsWhateverBecomesOfTheAnswer() {
        Answer ended = json(409, "{\"type\": \"/problems/job-ended\"}");
        try (var server = new ScriptedServer(lost(), ended, job(200, "a", JobState.DELETED));
                var client = client(server)) {
            assertThat(client.cancel("a")).isTrue();
        }
        try (var server = new ScriptedServer(ended, job(200, "a", JobState.SUCCEEDED)); var client = client(server)) {
            assertThat(client.cancel("a")).isFalse();
        }
        try (var server = new ScriptedServer(json(204, "")); var client = client(server)) {
            assertThat(client.cancel("a")).isTrue();
            assertThat(server.requests().get(0).method()).isEqualTo("DELETE");
        }
    }

    @Test
    void putsBackOnceOnly() {
        try (var server = new ScriptedServer(lost()); var client = client(server)) {
            assertThatExceptionOfType(ServerUnreachable.class).isThrownBy(() -> client.retry("a"));
            assertThat(server.requests()).hasSize(1);
        }
        try (var server = new ScriptedServer(job(202, "a", JobState.ENQUEUED)); var client = client(server)) {
            assertThat(client.retry("a").state()).isEqualTo(JobState.ENQUEUED);
            assertThat(server.requests().get(0).path()).isEqualTo("/jobs/a/retry");
        }
    }

    private static Answer page(String jobs, String next) {
        return json(200, "{\"data\": [%s], \"pagination\": {\"nextCursor\": %s, \"hasNext\": %s, \"limit\": 100}}"
                .formatted(jobs, next, !next.equals("null")));
    }

    private static MillraceClient client(ScriptedServer server) {
        return MillraceClient.builder(server.address()).backOff(Duration.ofMillis(2), Duration.ofMillis(10)).build();
    }
}
