package io.millrace.api.openapi;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

import io.millrace.api.ApiUnderTest;
import io.millrace.api.openapi.Walk.Step;
import io.millrace.testkit.TestRedis;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Asks every operation of the document what it promises to answer and what it promises to refuse. Each run walks the same way, so
 * that a change fails by what it changes; {@code -Dwalk.seed=…} walks another, {@code -Dwalk.requests=…} further.
 */
final class EveryOperationTest {

    private static final int REQUESTS = Integer.getInteger("walk.requests", 3_000);
    private static final int MOST_REPORTED = 20;

    private final long seed = Long.getLong("walk.seed", 1);
    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void answersAsItsDocumentSays() throws Exception {
        walk(REQUESTS);
    }

    @Test
    @Tag("long")
    void answersAsItsDocumentSaysForALongTime() throws Exception {
        walk(REQUESTS * 7);
    }

    private void walk(int requests) throws Exception {
        List<String> settings = new ArrayList<>(Prerequisites.SETTINGS);
        try (var redis = new TestRedis()) {
            settings.add("millrace.redis.url=" + redis.url());
            try (var api = ApiUnderTest.start(settings.toArray(String[]::new))) {
                walk(api, requests);
            }
        }
    }

    private void walk(ApiUnderTest api, int requests) throws InterruptedException {
        var random = new Random(seed);
        List<String> wrong = new ArrayList<>();
        Set<String> answered = new HashSet<>();
        JsonNode document = OpenApi.of(api).document();
        var ids = new KnownIds();
        var prerequisites = new Prerequisites(api, ids);
        prerequisites.jobs();
        prerequisites.uploads();
        var walk = new Walk(random, document, DocumentSchemas.of(document), ids, prerequisites.keys());
        var promise = new Promise(document);
        List<Operation> operations = Operation.all(document);
        for (int i = 0; mayGoOn(i, requests, operations, answered) && wrong.size() < MOST_REPORTED; i++) {
            Operation operation = operations.get(i % operations.size());
            Step step = i >= requests || random.nextInt(5) < 3
                    ? walk.proper(operation.method(), operation.path(), operation.described())
                    : walk.wrong(operation.method(), operation.path(), operation.described());
            Answer answer = answerTo(step, api.port());
            for (String broken : promise.brokenBy(answer, step, operation.described())) {
                wrong.add(broken + "\n    by " + step + "\n    -> " + answer);
            }
            if (answer.status() < 300) {
                answered.add(operation.id());
                ids.learn(operation.path(), answer.json());
            }
        }
        assertThat(wrong).as("again with -Dwalk.seed=" + seed).isEmpty();
        assertThat(operations.stream().map(Operation::id))
                .as("each has had a good answer; seed " + seed).allMatch(answered::contains);
    }

    /** Chance may give one operation nothing but ids of what is gone: then only proper requests follow, for a while. */
    private static boolean mayGoOn(int asked, int requests, List<Operation> operations, Set<String> answered) {
        return asked < requests || (asked < requests * 2
                && !operations.stream().map(Operation::id).allMatch(answered::contains));
    }

    /** One of the document's. */
    private record Operation(String method, String path, JsonNode described) {

        String id() {
            return described.path("operationId").asString();
        }

        static List<Operation> all(JsonNode document) {
            List<Operation> all = new ArrayList<>();
            document.path("paths").properties().forEach(path -> path.getValue().properties().forEach(
                    operation -> all.add(new Operation(operation.getKey(), path.getKey(), operation.getValue()))));
            return all;
        }
    }

    /** What came back; of a stream of events, that it began. */
    record Answer(int status, HttpHeaders headers, String body) {

        String type() {
            return headers.firstValue("Content-Type").orElse("").split(";", -1)[0].strip();
        }

        JsonNode json() {
            try {
                return type().endsWith("json")
                        ? JsonMapper.shared().readTree(body)
                        : MissingNode.getInstance();
            } catch (JacksonException e) {
                throw new AssertionError("not JSON: " + body, e);
            }
        }

        @Override
        public String toString() {
            return status + " " + type() + " " + (body.length() > 500 ? body.substring(0, 500) + "…" : body);
        }
    }

    private Answer answerTo(Step step, int port) throws InterruptedException {
        try {
            return send(port, step);
        } catch (IOException e) {
            throw new AssertionError("no answer to " + step + ", seed " + seed, e);
        }
    }

    private Answer send(int port, Step step) throws IOException, InterruptedException {
        String body = step.body();
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + step.path()))
                .timeout(Duration.ofSeconds(30))
                .method(step.method(), body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        step.headers().forEach(request::setHeader);
        HttpResponse<InputStream> response = client.send(request.build(), BodyHandlers.ofInputStream());
        try (InputStream content = response.body()) {
            boolean events = response.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream");
            return new Answer(response.statusCode(), response.headers(),
                    events ? "" : new String(content.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
