package io.millrace.api.http;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.millrace.api.ApiUnderTest;
import io.millrace.api.ApiUnderTest.Answer;

import static org.assertj.core.api.Assertions.assertThat;

/** Each limit, changed by its setting, with its own kind of refusal. */
final class LimitsTest {

    @SuppressWarnings("NullAway.Init")
    private static ApiUnderTest api;

    @BeforeAll
    static void start() {
        api = ApiUnderTest.start("millrace.api.max-json-body=1000B", "millrace.api.max-json-depth=5",
                "millrace.api.max-headers=2KB", "millrace.api.max-header-count=10", "millrace.api.max-parameters=3",
                "millrace.paging.usual-limit=2", "millrace.paging.max-limit=5", "millrace.api.jobs.max-labels=1",
                "millrace.api.jobs.max-label-length=5", "millrace.api.jobs.max-retried=7");
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void refusesWhatIsTooLarge() {
        assertProblem(api.post("/users", "{\"email\": \"" + "a".repeat(1000) + "\"}"), 413, "too-large");
        assertProblem(api.get("/posts", "X-Long", "a".repeat(3000)), 431, "headers-too-large");
        assertProblem(api.get("/posts?cursor=" + "a".repeat(3000)), 414, "uri-too-long");
    }

    @Test
    void refusesTooManyHeadersAndParameters() {
        assertProblem(api.get("/posts", "A", "1", "B", "1", "C", "1", "D", "1", "E", "1", "F", "1", "G", "1", "H", "1",
                "I", "1", "J", "1"), 431, "headers-too-large");
        assertProblem(api.get("/posts?a=1&b=1&c=1&d=1"), 400, "too-many-parameters");
        assertThat(api.get("/posts?limit=1&b=1&c=1").status()).isEqualTo(200);
    }

    @Test
    void refusesJsonThatIsTooDeep() {
        Answer answer = api.post("/jobs", "{\"payload\": " + "[".repeat(5) + "]".repeat(5) + "}");

        assertProblem(answer, 400, "json-too-deep");
        assertThat(answer.json().path("detail").asString()).endsWith("at most 5.");
        assertProblem(api.post("/jobs", "{\"payload\": [[[[]]]]}"), 400, "invalid-request");
    }

    @Test
    void refusesJobsOfABulkThatAreTooDeep() {
        String good = "{\"type\": \"none\", \"payload\": {\"a\": {\"a\": {\"a\": {}}}}}";
        String deep = "{\"type\": \"none\", \"payload\": {\"a\": {\"a\": {\"a\": {\"a\": {}}}}}}";

        Answer lines = api.post("/jobs/bulk", "{}\n" + deep, "Content-Type", "application/x-ndjson");
        assertThat(lines.json().path("errors").toString()).contains("\"line\":2", "within one another");
        assertProblem(api.post("/jobs/bulk", deep, "Content-Type", "application/x-ndjson"), 400, "json-too-deep");
        Answer array = api.post("/jobs/bulk", "[" + deep + "]");
        assertProblem(array, 400, "json-too-deep");
        assertThat(array.json().path("errors").path(0).path("line").asInt()).isEqualTo(1);
        assertProblem(api.post("/jobs/bulk", "[" + good + "]"), 422, "unknown-job-type");
    }

    @Test
    void refusesLabelsThatAreTooManyOrTooLong() {
        String mail = "{\"type\": \"send-email\", \"payload\": {\"to\": \"a@example.com\", \"subject\": \"s\", \"text\": \"t\"},"
                + " \"labels\": ";
        assertThat(api.post("/jobs", mail + "[\"12345\"]}").status()).isEqualTo(202);
        String rare = "\uD842\uDFB7".repeat(5);
        assertThat(api.post("/jobs", mail + "[\"" + rare + "\"]}").status()).as("characters").isEqualTo(202);
        for (String labels : new String[]{"[\"123456\"]}", "[\"1\", \"2\"]}"}) {
            assertProblem(api.post("/jobs", mail + labels), 400, "label-limit");
            assertProblem(api.post("/jobs/bulk", "[" + mail + labels + "]"), 400, "label-limit");
            assertProblem(api.put("/schedules/labelled", mail.replaceFirst("\\{", "{\"every\": \"PT1H\", ") + labels),
                    400,
                    "label-limit");
        }
    }

    @Test
    void refusesToRetryTooManyAtOnce() {
        assertProblem(api.send("POST", "/jobs/retry?limit=8", null), 400, "page-limit");
        assertProblem(api.send("POST", "/jobs/retry?limit=99999999999", null), 400, "page-limit");
        assertProblem(api.send("POST", "/jobs/retry?limit=0", null), 400, "invalid-request");
        assertThat(api.send("POST", "/jobs/retry?limit=7", null).status()).isEqualTo(200);
    }

    @Test
    void refusesAPageThatIsTooLarge() {
        assertProblem(api.get("/posts?limit=6"), 400, "page-limit");
        assertProblem(api.get("/posts?limit=99999999999999999999"), 400, "page-limit");
        assertProblem(api.get("/posts?limit=0"), 400, "invalid-request");
        assertThat(api.get("/posts?limit=6").errorFields()).containsExactly("limit");
        assertThat(api.get("/posts?limit=5").status()).isEqualTo(200);
        assertThat(api.get("/posts").json().path("pagination").path("limit").asInt()).isEqualTo(2);
    }

    @Test
    void refusesAPackedBodyInsteadOfReadingItAsJson() {
        assertProblem(api.post("/users", "{}", "Content-Encoding", "br"), 415, "unsupported-media-type");
        assertProblem(api.post("/users", "{}", "Content-Encoding", "identity"), 400, "invalid-request");
    }

    private static void assertProblem(Answer answer, int status, String type) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().path("type").asString()).isEqualTo("/problems/" + type);
    }
}
