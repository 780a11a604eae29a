package io.millrace.api.jobs;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.millrace.api.ApiUnderTest;
import io.millrace.api.ApiUnderTest.Answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

final class JobControllerTest {

    private static final String MAIL = """
                                       {"to": "ada@example.com", "subject": "Hello", "text": "Hello Ada"}""";

    private final ApiUnderTest api = ApiUnderTest.shared();

    @Test
    void queuesAJobAndAnswersIt() {
        Answer answer = api.post("/jobs", "{\"type\": \"send-email\", \"payload\": " + MAIL + "}");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.header("Location")).isEqualTo("/jobs/" + answer.json().path("id").asString());
        assertThat(answer.json().propertyNames()).containsExactly("id", "type", "queue", "priority", "state", "attempt",
                "maxAttempts", "createdAt", "scheduledAt", "startedAt", "finishedAt", "progress", "error", "labels",
                "enqueuedBy");
        assertThat(answer.json().path("enqueuedBy").asString()).isEqualTo("open");
        assertThat(answer.json().path("type").asString()).isEqualTo("send-email");
        assertThat(answer.json().path("queue").asString()).isEqualTo("mail");
        assertThat(answer.json().path("state").asString()).isEqualTo("ENQUEUED");
        assertThat(answer.json().path("attempt").asInt()).isZero();
        assertThat(answer.json().path("createdAt").asString())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
        assertThat(api.get(answer.header("Location")).json()).isEqualTo(answer.json());
    }

    @Test
    void obeysEveryOption() {
        Answer answer = api.post("/jobs", withOptions("\"queue\": \"urgent\", \"priority\": -5, \"maxAttempts\": 3,"
                + " \"labels\": [\"order:17\", \"Zoë\"], \"delay\": \"PT1H\""));

        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        assertThat(answer.json().path("queue").asString()).isEqualTo("urgent");
        assertThat(answer.json().path("priority").asInt()).isEqualTo(-5);
        assertThat(answer.json().path("maxAttempts").asInt()).isEqualTo(3);
        assertThat(answer.json().path("labels").toString()).isEqualTo("[\"order:17\",\"Zoë\"]");
        assertThat(answer.json().path("state").asString()).isEqualTo("SCHEDULED");
        assertThat(Instant.parse(answer.json().path("scheduledAt").asString()))
                .isCloseTo(Instant.now().plus(Duration.ofHours(1)), within(1, ChronoUnit.MINUTES));
    }

    @Test
    void schedulesAtAnInstantWithAnOffset() {
        Instant tomorrow = Instant.now().plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
        String there = tomorrow.atOffset(java.time.ZoneOffset.ofHours(5)).toString();

        Answer answer = api.post("/jobs", withOptions("\"runAt\": \"" + there + "\""));

        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        assertThat(Instant.parse(answer.json().path("scheduledAt").asString())).isEqualTo(tomorrow);
    }

    @Test
    void queuesAtOnceWhatWasDueInThePast() {
        Answer answer = api.post("/jobs", withOptions("\"runAt\": \"2001-01-01T00:00:00Z\""));

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().path("state").asString()).isEqualTo("ENQUEUED");
    }

    static Stream<Arguments> badRequests() {
        return Stream.of(arguments("type", "{\"payload\": {}}"), arguments("type", "{\"type\": 1, \"payload\": {}}"),
                arguments("type", "{\"type\": null, \"payload\": {}}"),
                arguments("type", "{\"type\": \"send\\u0000\", \"payload\": {}}"),
                arguments("payload", "{\"type\": \"send-email\"}"), arguments("queue", withOptions("\"queue\": \"A\"")),
                arguments("queue", withOptions("\"queue\": \"\"")), arguments("queue", withOptions("\"queue\": 1")),
                arguments("queue", withOptions("\"queue\": \"" + "a".repeat(64) + "\"")),
                arguments("priority", withOptions("\"priority\": 1001")),
                arguments("priority", withOptions("\"priority\": -1001")),
                arguments("priority", withOptions("\"priority\": 99999999999")),
                arguments("priority", withOptions("\"priority\": 1.5")),
                arguments("priority", withOptions("\"priority\": \"1\"")),
                arguments("maxAttempts", withOptions("\"maxAttempts\": 0")),
                arguments("maxAttempts", withOptions("\"maxAttempts\": 101")),
                arguments("runAt", withOptions("\"runAt\": \"tomorrow\"")),
                arguments("runAt", withOptions("\"runAt\": \"2026-01-01\"")),
                arguments("runAt", withOptions("\"runAt\": \"2026-01-01T00:00:00\"")),
                arguments("runAt", withOptions("\"runAt\": 1767225600")),
                arguments("runAt", withOptions("\"runAt\": \"2099-01-01T00:00:00Z\"")),
                arguments("runAt", withOptions("\"runAt\": \"+999999999-12-31T23:59:59Z\"")),
                arguments("delay", withOptions("\"delay\": \"-PT1S\"")),
                arguments("delay", withOptions("\"delay\": \"1 hour\"")),
                arguments("delay", withOptions("\"delay\": 60")),
                arguments("delay", withOptions("\"delay\": \"PT9999999999H\"")),
                arguments("delay", withOptions("\"delay\": \"PT1S\", \"runAt\": \"2026-01-01T00:00:00Z\"")),
                arguments("labels", withOptions("\"labels\": [\"\"]")),
                arguments("labels", withOptions("\"labels\": \"a\"")),
                arguments("labels[0]", withOptions("\"labels\": [null]")),
                arguments("labels[0]", withOptions("\"labels\": [1]")),
                arguments("labels[0]", withOptions("\"labels\": [\"\\u0000\"]")),
                arguments("uniqueKey", withOptions("\"uniqueKey\": \"\"")),
                arguments("uniqueKey", withOptions("\"uniqueKey\": \"" + "a".repeat(256) + "\"")),
                arguments("uniqueKey", withOptions("\"uniqueKey\": {\"key\": \"a\"}")),
                arguments("timeout", withOptions("\"timeout\": \"PT0.5S\"")),
                arguments("timeout", withOptions("\"timeout\": \"P8D\"")),
                arguments("timeout", withOptions("\"timeout\": \"soon\"")),
                arguments("id", withOptions("\"id\": \"0199\"")), arguments("", "nonsense"),
                arguments("", "[]"));
    }

    @ParameterizedTest
    @MethodSource("badRequests")
    void namesTheFieldOfABadRequest(String field, String body) {
        long before = jobs();

        assertRefused(api.post("/jobs", body), 400, "invalid-request", field);
        assertThat(jobs()).isEqualTo(before);
    }

    @Test
    void refusesMoreLabelsThanAJobMayHave() {
        assertRefused(api.post("/jobs", withOptions("\"labels\": [\"a\", \"b\", \"c\", \"d\"]")), 400, "label-limit",
                "labels");
    }

    static Stream<Arguments> badPayloads() {
        return Stream.of(arguments("payload.to", mail("\"to\": \"nobody\"")),
                arguments("payload.to", mail("\"to\": 1")),
                arguments("payload.to", mail("\"to\": null")),
                arguments("payload.subject", mail("\"subject\": \" \"")),
                arguments("payload.subject", mail("\"subject\": \"a\\nBcc: eve@example.com\"")),
                arguments("payload.subject", mail("\"subject\": \"" + "a".repeat(201) + "\"")),
                arguments("payload.text", mail("\"text\": \"a\\u0000\"")),
                arguments("payload.text", mail("\"text\": \"\"")),
                arguments("payload.cc", mail("\"cc\": \"eve@example.com\"")), arguments("payload", "[]"),
                arguments("payload", "\"text\""), arguments("payload", "17"));
    }

    @ParameterizedTest
    @MethodSource("badPayloads")
    void namesTheFieldOfAPayloadThatDoesNotFit(String field, String payload) {
        long before = jobs();

        Answer answer = api.post("/jobs", "{\"type\": \"send-email\", \"payload\": " + payload + "}");

        assertRefused(answer, 422, "invalid-payload", field);
        assertThat(jobs()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"send-emails", "", " ", "SEND-EMAIL", "io.millrace.core.mail.SendEmail"})
    void refusesAnUnknownJobType(String type) {
        assertRefused(api.post("/jobs", "{\"type\": \"" + type + "\", \"payload\": {}}"), 422, "unknown-job-type",
                "type");
    }

    @Test
    void answersTheJobThatHoldsAUniqueKeyAlready() {
        String body = withOptions("\"uniqueKey\": \"one at a time\", \"delay\": \"PT1H\", \"timeout\": \"PT2S\"");

        Answer first = api.post("/jobs", body);
        Answer second = api.post("/jobs", body.replace("PT1H", "PT2H"));

        assertThat(first.status()).as(first.body()).isEqualTo(202);
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.json()).isEqualTo(first.json());
        assertThat(api.delete(first.header("Location")).status()).isEqualTo(204);
        assertThat(api.post("/jobs", body).status()).isEqualTo(202);
    }

    @Test
    void refusesAPayloadThatIsTooLarge() {
        long before = jobs();

        assertRefused(api.post("/jobs", "{\"type\": \"send-email\", \"payload\": "
                + mail("\"text\": \"" + "é".repeat(33_000) + "\"") + "}"), 413, "payload-too-large", "payload");
        assertThat(jobs()).isEqualTo(before);
    }

    @Test
    void knowsNoJobOfAnUnknownOrMalformedId() {
        for (String path : new String[]{"/jobs/" + UUID.randomUUID(), "/jobs/nothing", "/jobs/nothing/result",
                "/jobs/" + UUID.randomUUID() + "/result"}) {
            assertThat(api.get(path).status()).as(path).isEqualTo(404);
            assertThat(api.get(path).header("Content-Type")).as(path).isEqualTo("application/problem+json");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"30", "30s", "-PT1S", "PT61S", "PT", "forever"})
    void refusesAWaitThatIsNone(String wait) {
        assertRefused(api.get("/jobs/" + UUID.randomUUID() + "/result?wait=" + wait), 400, "invalid-request", "wait");
    }

    private static void assertRefused(Answer answer, int status, String type, String field) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().path("type").asString()).isEqualTo("/problems/" + type);
        assertThat(answer.errorFields()).as(answer.body()).containsExactly(field);
        assertThat(answer.body()).doesNotContain("Exception", "tools.jackson", "io.millrace.jobs");
    }

    private static String withOptions(String options) {
        return "{\"type\": \"send-email\", \"payload\": " + MAIL + ", " + options + "}";
    }

    /** A mail whose one field is as given. */
    private static String mail(String field) {
        String rest = Stream.of("\"to\": \"ada@example.com\"", "\"subject\": \"Hello\"", "\"text\": \"Hello\"")
                .filter(other -> !field.startsWith(other.substring(0, other.indexOf(':'))))
                .reduce("", (all, other) -> all + ", " + other);
        return "{" + field + rest + "}";
    }

    private long jobs() {
        return api.bean(JdbcClient.class).sql("select count(*) from millrace_jobs.jobrunr_jobs").query(Long.class)
                .single();
    }
}
