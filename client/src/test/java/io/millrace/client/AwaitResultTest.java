package io.millrace.client;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;

import io.millrace.client.ScriptedServer.Answer;

import static io.millrace.client.ScriptedServer.job;
import static io.millrace.client.ScriptedServer.json;
import static io.millrace.client.ScriptedServer.lost;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class AwaitResultTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final JobRef<Count> JOB = JobType.of("count", Object.class, Count.class).ref("a");

    record Count(int words) {
    }

    @Test
    void asksInRoundsUntilThereIsAResult() {
        try (var server = new ScriptedServer(json(202, ""), lost(), json(503, ""), json(200, "{\"words\": 3}"));
                var client = client(server)) {
            assertThat(client.awaitResult(JOB, PATIENCE)).isEqualTo(new Count(3));
            assertThat(server.requests().get(0).path()).isEqualTo("/jobs/a/result?wait=PT30S");
        }
    }

    @Test
    void readsResultsOfAnyType() {
        try (var server = new ScriptedServer(json(200, "[{\"words\": 3, \"more\": 1}]")); var client = client(server)) {
            var list = JobType.of("count", Object.class, new TypeReference<List<Count>>() {
            });
            assertThat(client.awaitResult(list.ref("a"), PATIENCE)).containsExactly(new Count(3));
            assertThat(client.awaitResult(JobRef.of("a"), PATIENCE).get(0).path("words").asInt()).isEqualTo(3);
            assertThat(client.resultAsync(JobType.of("count", Object.class).ref("a"), PATIENCE))
                    .succeedsWithin(PATIENCE).isNull();
        }
    }

    @Test
    void saysWhyTheJobFailed() {
        try (var server = new ScriptedServer(
                json(409, """
                          {"type": "/problems/job-failed", "title": "The job failed", "detail": "no such box",
                           "error": {"type": "MailboxGone", "message": "no such box"}}
                          """)); var client = client(server)) {
            assertThatExceptionOfType(JobFailed.class).isThrownBy(() -> client.awaitResult(JOB, PATIENCE))
                    .withMessage("job a failed with MailboxGone: no such box")
                    .satisfies(failed -> assertThat(failed.errorType()).isEqualTo("MailboxGone"));
        }
    }

    @Test
    void tellsCancelledFromExpired() {
        Answer gone = json(410, "{\"type\": \"/problems/gone\"}");
        try (var server = new ScriptedServer(gone, job(200, "a", JobState.DELETED)); var client = client(server)) {
            assertThatExceptionOfType(JobCancelled.class).isThrownBy(() -> client.awaitResult(JOB, PATIENCE));
        }
        try (var server = new ScriptedServer(gone, job(200, "a", JobState.SUCCEEDED)); var client = client(server)) {
            assertThatExceptionOfType(ResultExpired.class).isThrownBy(() -> client.awaitResult(JOB, PATIENCE));
        }
        try (var server = new ScriptedServer(json(404, "")); var client = client(server)) {
            assertThatExceptionOfType(RequestRefused.class).isThrownBy(() -> client.awaitResult(JOB, PATIENCE));
        }
    }

    @Test
    void isPatientForAsLongAsItIsTold() {
        try (var server = new ScriptedServer(json(202, "")); var client = client(server)) {
            assertThatExceptionOfType(NoResultYet.class)
                    .isThrownBy(() -> client.awaitResult(JOB, Duration.ofMillis(300)));
            assertThatExceptionOfType(NoResultYet.class).isThrownBy(() -> client.awaitResult(JOB, Duration.ZERO));
        }
        try (var server = new ScriptedServer(lost()); var client = client(server)) {
            assertThatExceptionOfType(ServerUnreachable.class)
                    .isThrownBy(() -> client.awaitResult(JOB, Duration.ofSeconds(2)));
            assertThat(server.requests()).as("goes on after the usual retries").hasSizeGreaterThan(3);
        }
    }

    @Test
    void holdsNoThreadWhileItWaits() throws Exception {
        var answers = new CountDownLatch(1);
        Answer late = exchange -> {
            try {
                answers.await();
            } catch (InterruptedException e) {
                return;
            }
            json(200, "{\"words\": 3}").to(exchange);
        };
        var threads = Executors.newFixedThreadPool(2);
        var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).executor(threads).build();
        try (var server = new ScriptedServer(late);
                var client = MillraceClient.builder(server.address()).httpClient(http).build()) {
            var results = IntStream.range(0, 100).mapToObj(i -> client.resultAsync(JOB, PATIENCE)).toList();
            Awaitility.await().until(() -> server.requests().size() == 100);

            answers.countDown();

            CompletableFuture.allOf(results.toArray(CompletableFuture<?>[]::new)).get(30, TimeUnit.SECONDS);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void endsWithItsClient() {
        try (var server = new ScriptedServer(exchange -> {
        })) {
            var client = client(server);
            var result = client.resultAsync(JOB, PATIENCE);
            Awaitility.await().until(() -> !server.requests().isEmpty());

            client.close();

            assertThatExceptionOfType(CancellationException.class).isThrownBy(result::join);
            assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> client.find("a"));
        }
    }

    @Test
    void isInterrupted() {
        try (var server = new ScriptedServer(exchange -> {
        }); var client = client(server)) {
            Thread.currentThread().interrupt();
            assertThatExceptionOfType(CallInterrupted.class).isThrownBy(() -> client.awaitResult(JOB, PATIENCE));
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private static MillraceClient client(ScriptedServer server) {
        return MillraceClient.builder(server.address()).retries(2)
                .backOff(Duration.ofMillis(2), Duration.ofMillis(10)).build();
    }
}
