package io.millrace.api.keys;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.millrace.api.ApiUnderTest;
import io.millrace.api.ApiUnderTest.Answer;
import io.millrace.testkit.TestPostgres;

import static io.millrace.api.keys.ClosedApi.make;
import static org.assertj.core.api.Assertions.assertThat;

final class AllowanceTest {

    private static final String ABSENT = "/users/00000000-0000-0000-0000-000000000000";
    private static final String URL = TestPostgres.newDatabase();

    @SuppressWarnings("NullAway.Init")
    private static ApiUnderTest api;

    @BeforeAll
    static void start() {
        api = ClosedApi.startOn(URL);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void tellsWhatIsLeftAndWhenToComeAgain() {
        String key = make(api, limited("\"rateLimit\": {\"requests\": 2, \"per\": \"PT1H\"}"));

        Answer first = api.get(ABSENT, "Authorization", key);
        Answer second = api.get("/nowhere", "Authorization", key);
        Answer third = api.get(ABSENT, "Authorization", key);

        assertThat(first.status()).isEqualTo(404);
        assertThat(first.header("RateLimit-Policy")).isEqualTo("\"requests\";q=2;w=3600");
        assertThat(first.header("RateLimit")).matches("\"requests\";r=1;t=(3600|35\\d\\d)");
        assertThat(second.header("RateLimit")).startsWith("\"requests\";r=0;");
        assertProblem(third, 429, "rate-limited");
        int wait = Integer.parseInt(third.header("Retry-After"));
        assertThat(wait).isBetween(3500, 3600);
        assertThat(third.header("RateLimit")).matches("\"requests\";r=0;t=\\d+");
        assertThat(api.get(ABSENT, "Authorization", ClosedApi.CONFIGURED).header("RateLimit")).isEmpty();
    }

    @Test
    void countsTheRequestsOfAllNodesTogether() {
        String key = make(api, limited("\"rateLimit\": {\"requests\": 4, \"per\": \"PT1H\"}"));
        try (var other = ClosedApi.startOn(URL)) {
            for (int i = 0; i < 2; i++) {
                assertThat(api.get(ABSENT, "Authorization", key).status()).isEqualTo(404);
                assertThat(other.get(ABSENT, "Authorization", key).status()).isEqualTo(404);
            }

            assertThat(other.get(ABSENT, "Authorization", key).status()).isEqualTo(429);
            assertThat(api.get(ABSENT, "Authorization", key).status()).isEqualTo(429);
        }
    }

    @Test
    void holdsBodiesToAQuotaByTheirLength() {
        String key = make(api, limited("\"quota\": {\"bytes\": 100, \"per\": \"PT1H\"}"));

        Answer first = post(key, 60);
        Answer second = post(key, 60);

        assertThat(first.status()).isEqualTo(201);
        assertThat(first.header("RateLimit-Policy")).isEqualTo("\"bytes\";q=100;qu=\"content-bytes\";w=3600");
        assertThat(first.header("RateLimit")).startsWith("\"bytes\";r=40;t=");
        assertProblem(second, 429, "quota-exceeded");
        assertThat(Integer.parseInt(second.header("Retry-After"))).isPositive();
        assertThat(post(key, 40).status()).isEqualTo(201);
        assertThat(api.get(ABSENT, "Authorization", key).status()).isEqualTo(404);
        assertProblem(post(key, 101), 413, "too-large");
    }

    @Test
    void countsWhatComesInChunksAsItComes() throws Exception {
        String key = make(api, limited("\"quota\": {\"bytes\": 1000, \"per\": \"PT1H\"}"));

        assertThat(chunked("/files", key, 600).status()).isEqualTo(201);
        assertProblem(chunked("/files", key, 600), 429, "quota-exceeded");
        assertProblem(chunked("/users", key, 900), 429, "quota-exceeded");
        assertThat(api.get(ABSENT, "Authorization", key).status()).isEqualTo(404);
    }

    @Test
    void holdsAKeyToBoth() {
        String key = make(api, limited(
                "\"rateLimit\": {\"requests\": 2, \"per\": \"PT1H\"}, \"quota\": {\"bytes\": 10, \"per\": \"P1D\"}"));

        Answer both = post(key, 10);

        assertThat(both.header("RateLimit-Policy")).contains("\"requests\"", ", \"bytes\"");
        assertThat(both.header("RateLimit")).contains("\"requests\";r=1;", "\"bytes\";r=0;");
        assertProblem(post(key, 1), 429, "quota-exceeded");
        assertProblem(api.get(ABSENT, "Authorization", key), 429, "rate-limited");
    }

    private static String limited(String limits) {
        return "{\"name\": \"limited\", \"scopes\": [\"read\", \"enqueue\"], " + limits + "}";
    }

    private static Answer post(String key, int bytes) {
        return api.post("/files", "a".repeat(bytes), "Authorization", key, "Content-Type", "text/plain",
                "Content-Disposition", "attachment; filename=a.txt");
    }

    private static Answer chunked(String path, String key, int bytes) throws Exception {
        byte[] body = ("\"" + "a".repeat(bytes - 1)).getBytes(StandardCharsets.US_ASCII);
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api.port() + path))
                .header("Authorization", key).header("Content-Type", path.equals("/users")
                        ? "application/json"
                        : "text/plain")
                .header("Content-Disposition", "attachment; filename=a.txt")
                .POST(BodyPublishers.ofByteArrays(List.of(body))).build();
        try (var client = HttpClient.newHttpClient()) {
            return new Answer(client.send(request, BodyHandlers.ofString()));
        }
    }

    private static void assertProblem(Answer answer, int status, String type) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().path("type").asString()).isEqualTo("/problems/" + type);
    }
}
