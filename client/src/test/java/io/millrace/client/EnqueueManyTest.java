package io.millrace.client;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import io.millrace.client.ScriptedServer.Answer;

import static io.millrace.client.ScriptedServer.json;
import static io.millrace.client.ScriptedServer.lost;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class EnqueueManyTest {

    private static final int CHUNK = 10_000;

    @Test
    void sendsChunksAsTheStreamIsReadAndAnswersInItsOrder() {
        try (var server = new ScriptedServer(ids(0, CHUNK), ids(CHUNK, 3)); var client = client(server)) {
            var refs = client.enqueueAll(jobs(CHUNK + 3));

            assertThat(refs).hasSize(CHUNK + 3);
            assertThat(refs.get(CHUNK + 2).id()).isEqualTo("" + (CHUNK + 2));
            assertThat(server.requests()).extracting(request -> request.path() + " " + request.body().lines().count())
                    .containsExactly("/jobs/bulk " + CHUNK, "/jobs/bulk 3");
            assertThat(server.requests().get(1).body().lines().toList().get(2))
                    .isEqualTo("{\"type\":\"count\",\"payload\":{\"n\":" + (CHUNK + 2) + "}}");
        }
    }

    @Test
    void namesTheJobsThatAreWrongByTheirPlaceInTheStream() {
        try (var server = new ScriptedServer(ids(0, CHUNK),
                json(422, """
                          {"type": "/problems/invalid-payload", "title": "The payload does not fit",
                           "errors": [{"line": 2, "field": "payload.n", "message": "is missing"}]}
                          """)); var client = client(server)) {
            assertThatExceptionOfType(BulkRefused.class).isThrownBy(() -> client.enqueueAll(jobs(CHUNK + 3)))
                    .satisfies(refused -> {
                        assertThat(refused.enqueued()).hasSize(CHUNK);
                        assertThat(refused.errors()).containsExactly(
                                new BulkRefused.ItemError(CHUNK + 1, "payload.n", "is missing"));
                        assertThat(refused.isInDoubt()).isFalse();
                    });
        }
    }

    @Test
    void doesNotSendAgainWhatMayHaveArrived() {
        try (var server = new ScriptedServer(lost()); var client = client(server)) {
            assertThatExceptionOfType(BulkRefused.class).isThrownBy(() -> client.enqueueAll(jobs(3)))
                    .satisfies(refused -> assertThat(refused.isInDoubt()).isTrue());
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void sendsAgainWhatSurelyDidNotHappen() {
        try (var server = new ScriptedServer(json(429, ""), ids(0, 3)); var client = client(server)) {
            assertThat(client.enqueueAll(jobs(3))).hasSize(3);
        }
        var gone = new ScriptedServer(lost());
        gone.close();
        try (var client = client(gone)) {
            assertThatExceptionOfType(BulkRefused.class).isThrownBy(() -> client.enqueueAll(jobs(3)))
                    .satisfies(refused -> assertThat(refused.isInDoubt()).isFalse());
        }
    }

    @Test
    void takesNoKeys() {
        try (var server = new ScriptedServer(ids(0, 1)); var client = client(server)) {
            assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(
                    () -> client.enqueueAll(jobs(1).map(job -> job.withUniqueKey("one"))));
            assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(
                    () -> client.enqueueAll(jobs(1).map(job -> job.withIdempotencyKey("one"))));
            assertThat(client.enqueueAll(jobs(0))).isEmpty();
            assertThat(server.requests()).isEmpty();
        }
    }

    private static Stream<NewJob<JsonNode>> jobs(int count) {
        return IntStream.range(0, count).mapToObj(n -> NewJob.of("count", Map.of("n", n)));
    }

    private static Answer ids(int first, int count) {
        return json(202, IntStream.range(first, first + count).mapToObj(id -> "\"" + id + "\"")
                .collect(Collectors.joining(",", "{\"ids\": [", "]}")));
    }

    private static MillraceClient client(ScriptedServer server) {
        return MillraceClient.builder(server.address()).backOff(Duration.ofMillis(2), Duration.ofMillis(10)).build();
    }
}
