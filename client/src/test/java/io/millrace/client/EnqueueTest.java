package io.millrace.client;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import io.millrace.client.ScriptedServer.Answer;

import static io.millrace.client.ScriptedServer.job;
import static io.millrace.client.ScriptedServer.json;
import static io.millrace.client.ScriptedServer.lost;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class EnqueueTest {

    private static final JobType<Letter, Sent> LETTER = JobType.of("letter", Letter.class, Sent.class);
    private static final JsonMapper JSON = JsonMapper.shared();

    record Letter(String to) {
    }

    record Sent(String at) {
    }

    @Test
    void sendsTheJobWithWhatWasSaidOfIt() {
        try (var server = new ScriptedServer(job(202, "a", JobState.ENQUEUED)); var client = client(server)) {
            var ref = client.enqueue(LETTER.job(new Letter("Ada")).withQueue("post").withPriority(3)
                    .withRunAt(Instant.parse("2026-01-01T00:00:00Z")).withDelay(Duration.ofMinutes(1))
                    .withUniqueKey("ada").withMaxAttempts(2).withTimeout(Duration.ofSeconds(5))
                    .withLabels("user:1", "x").withWebhook(URI.create("https://shop.example/hooks")));

            assertThat(ref.id()).isEqualTo("a");
            var sent = server.requests().get(0);
            assertThat(sent.method() + " " + sent.path()).isEqualTo("POST /jobs");
            assertThat(sent.header("Authorization")).isEqualTo("Bearer secret-key");
            assertThat(sent.header("Idempotency-Key")).matches("\"[0-9a-f-]{36}\"");
            assertThat(JSON.readTree(sent.body())).isEqualTo(JSON.readTree(
                    """
                    {"type": "letter", "payload": {"to": "Ada"}, "queue": "post", "priority": 3, "delay": "PT1M",
                     "uniqueKey": "ada", "maxAttempts": 2, "timeout": "PT5S", "labels": ["user:1", "x"],
                     "webhook": "https://shop.example/hooks"}
                    """));
        }
    }

    @Test
    void repeatsItselfUnderTheSameKeyWhenTheAnswerIsLost() {
        try (var server = new ScriptedServer(lost(), lost(), job(200, "a", JobState.ENQUEUED));
                var client = client(server)) {
            assertThat(client.enqueue(LETTER, new Letter("Ada")).id()).isEqualTo("a");

            assertThat(server.requests()).hasSize(3);
            assertThat(keys(server)).hasSize(1);
        }
    }

    @Test
    void takesAnotherKeyForAnotherCallAndTheOneThatIsGiven() {
        try (var server = new ScriptedServer(job(202, "a", JobState.ENQUEUED)); var client = client(server)) {
            client.enqueue(LETTER, new Letter("Ada"));
            client.enqueue(LETTER, new Letter("Ada"));
            client.enqueue(LETTER.job(new Letter("Ada")).withIdempotencyKey("order \"1\""));

            assertThat(keys(server)).hasSize(3).contains("\"order \\\"1\\\"\"");
        }
    }

    @Test
    void comesBackAfterWhatPassesAndNotBeforeItIsAsked() {
        Answer busy = json(503, "", "Retry-After", "1");
        try (var server = new ScriptedServer(json(502, "<html>"), json(429, ""),
                json(409, "{\"type\": \"/problems/request-under-way\"}", "Retry-After", "0"), busy,
                job(202, "a", JobState.ENQUEUED)); var client = client(server)) {
            client.enqueue(LETTER, new Letter("Ada"));

            var requests = server.requests();
            assertThat(requests).hasSize(5);
            assertThat(Duration.ofNanos(requests.get(4).nanos() - requests.get(3).nanos()))
                    .isGreaterThanOrEqualTo(Duration.ofMillis(990));
        }
    }

    @Test
    void givesUpAfterItsRetriesAndAtOnceWhenItIsAskedToWaitTooLong() {
        try (var server = new ScriptedServer(json(503, "{\"title\": \"Busy\"}")); var client = client(server)) {
            assertThatExceptionOfType(RequestRefused.class)
                    .isThrownBy(() -> client.enqueue(LETTER, new Letter("Ada")))
                    .withMessage("POST /jobs was answered 503: Busy");
            assertThat(server.requests()).hasSize(5);
        }
        try (var server = new ScriptedServer(json(503, "", "Retry-After", "3600")); var client = client(server)) {
            assertThatExceptionOfType(RequestRefused.class)
                    .isThrownBy(() -> client.enqueue(LETTER, new Letter("Ada")))
                    .satisfies(refused -> assertThat(refused.retryAfter()).contains(Duration.ofHours(1)));
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void saysWhatIsWrongWithAJobAndDoesNotRepeatIt() {
        try (var server = new ScriptedServer(json(422,
                """
                {"type": "/problems/invalid-payload", "title": "The payload does not fit", "detail": "payload.to is missing",
                 "errors": [{"field": "payload.to", "message": "is missing"}]}
                """));
                var client = client(server)) {
            assertThatExceptionOfType(RequestRefused.class)
                    .isThrownBy(() -> client.enqueue(LETTER, new Letter("Ada"))).satisfies(refused -> {
                        assertThat(refused.status()).isEqualTo(422);
                        assertThat(refused.type()).isEqualTo("/problems/invalid-payload");
                        assertThat(refused.errors()).containsExactly(new FieldError("payload.to", "is missing"));
                        assertThat(refused.problem()).get().extracting(Problem::detail)
                                .isEqualTo("payload.to is missing");
                        assertThat(refused.getStackTrace()).as("names the caller's line")
                                .anyMatch(frame -> frame.getClassName().startsWith(EnqueueTest.class.getName()));
                    });
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void followsNoRedirectWithItsKey() {
        try (var other = new ScriptedServer(job(202, "a", JobState.ENQUEUED));
                var server = new ScriptedServer(json(307, "", "Location", other.address() + "/jobs"));
                var client = client(server)) {
            assertThatExceptionOfType(RequestRefused.class)
                    .isThrownBy(() -> client.enqueue(LETTER, new Letter("Ada")));
            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void tellsNobodyItsKey() {
        try (var server = new ScriptedServer(lost()); var client = client(server)) {
            assertThat(client.toString()).isEqualTo("MillraceClient[" + server.address() + "]");
            assertThatExceptionOfType(ServerUnreachable.class)
                    .isThrownBy(() -> client.enqueue(LETTER, new Letter("Ada")))
                    .satisfies(failure -> {
                        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                            assertThat(String.valueOf(cause)).doesNotContain("secret-key", "Ada");
                        }
                    });
        }
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> MillraceClient.builder(URI.create("http://127.0.0.1")).apiKey("no key\n"))
                .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("no key\n"));
    }

    @Test
    void bearsAServerThatStandsStillInTheMiddleOfItsAnswer() {
        Answer stalled = exchange -> {
            exchange.sendResponseHeaders(202, 1000);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
        };
        try (var server = new ScriptedServer(stalled, job(200, "a", JobState.ENQUEUED));
                var client = builder(server).requestTimeout(Duration.ofMillis(500)).build()) {
            assertThat(client.enqueue(NewJob.of("letter", Map.of("to", "Ada"))).id()).isEqualTo("a");
            assertThat(keys(server)).hasSize(1);
        }
    }

    private static Set<String> keys(ScriptedServer server) {
        var keys = new HashSet<String>();
        server.requests().forEach(request -> keys.add(request.header("Idempotency-Key")));
        return keys;
    }

    private static MillraceClient client(ScriptedServer server) {
        return builder(server).build();
    }

    private static ClientBuilder builder(ScriptedServer server) {
        return MillraceClient.builder(server.address()).apiKey("secret-key").retries(4)
                .backOff(Duration.ofMillis(2), Duration.ofSeconds(5));
    }
}
