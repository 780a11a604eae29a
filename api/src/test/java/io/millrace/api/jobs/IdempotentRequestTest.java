package io.millrace.api.jobs;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import javax.sql.DataSource;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.millrace.api.ApiUnderTest;
import io.millrace.api.ApiUnderTest.Answer;

import static org.assertj.core.api.Assertions.assertThat;

/** A request that is sent again with its Idempotency-Key. */
final class IdempotentRequestTest {

    private static final String BODY = """
                                       {"type": "profile-file", "queue": "files",
                                        "payload": {"fileId": "0199a1b2-0000-7000-8000-000000000001"}, "delay": "PT1H"}""";

    private final ApiUnderTest api = ApiUnderTest.shared();

    @Test
    void answersTheSameJobHoweverItsBodyIsWritten() {
        Answer first = post("\"the same\"", BODY);
        Answer again = post("\"the same\"",
                """
                {"delay":"PT60M","payload":{"fileId":"0199a1b2-0000-7000-8000-000000000001"},"type":"profile-file",
                 "queue":"files"}""");

        assertThat(first.status()).as(first.body()).isEqualTo(202);
        assertThat(again.status()).as(again.body()).isEqualTo(200);
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
    }

    @Test
    void isTheSameKeyWithQuotesAndWithout() {
        assertThat(post("plain-key", BODY).status()).isEqualTo(202);
        assertThat(post("\"plain-key\"", BODY).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"queue\": \"other\"", "\"priority\": 1", "\"delay\": \"PT2H\"", "\"maxAttempts\": 2",
            "\"timeout\": \"PT9S\"", "\"labels\": [\"a\"]", "\"uniqueKey\": \"u\"", "\"type\": \"send-welcome-email\"",
            "\"payload\": {\"fileId\": \"0199a1b2-0000-7000-8000-000000000002\"}"})
    void refusesTheKeyWithAnotherBody(String field) {
        String plain = "{\"type\": \"profile-file\", \"payload\": {\"fileId\": \"0199a1b2-0000-7000-8000-000000000001\"}}";
        String name = field.substring(0, field.indexOf(':'));
        String other = name.equals("\"payload\"")
                ? "{\"type\": \"profile-file\", " + field + "}"
                : name.equals("\"type\"")
                        ? "{" + field + ", \"payload\": {\"userId\": \"0199a1b2-0000-7000-8000-000000000001\"}}"
                        : plain.replaceFirst("\\{", "{" + field + ", ");
        String key = "\"of " + field.hashCode() + "\"";
        assertThat(post(key, plain).status()).isEqualTo(202);

        Answer answer = post(key, other);

        assertThat(answer.status()).as(answer.body()).isEqualTo(409);
        assertThat(answer.json().path("type").asString()).isEqualTo("/problems/idempotency-key-reused");
        assertThat(answer.errorFields()).containsExactly("Idempotency-Key");
        assertThat(post(key, plain).status()).isEqualTo(200);
    }

    @Test
    void queuesOneJobForRequestsThatComeAtOnce() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Answer>> requests = Stream.<Callable<Answer>>generate(() -> () -> post("\"at once\"", BODY))
                    .limit(8).toList();

            List<Answer> answers = threads.invokeAll(requests).stream().map(done -> done.resultNow()).toList();

            assertThat(answers).extracting(Answer::status).containsOnly(200, 202).containsOnlyOnce(202);
            assertThat(answers).extracting(answer -> answer.json().path("id").asString()).containsOnly(
                    answers.getFirst().json().path("id").asString());
        }
    }

    @Test
    void waitsNotForEverForOneThatStandsStill() throws SQLException {
        String key = new IdempotencyKeyHeader("held").of("open");
        try (var held = api.bean(DataSource.class).getConnection(); var statement = held.createStatement()) {
            held.setAutoCommit(false);
            statement.execute(
                    "insert into millrace_jobs.job_idempotency_keys (key, request, job_id, expires_at) values ('"
                            + key + "', '', gen_random_uuid(), now() + interval '1 day')");

            Answer answer = post("\"held\"", BODY);

            assertThat(answer.status()).as(answer.body()).isEqualTo(409);
            assertThat(answer.json().path("type").asString()).isEqualTo("/problems/request-under-way");
            assertThat(answer.header("Retry-After")).isEqualTo("5");
            held.rollback();
        }
        assertThat(post("\"held\"", BODY).status()).isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\"\"", "\" \"", "\"a", "a\"", "a, b", "\"a\", \"b\"", "\"a\";v=1", "a b", "a\\b",
            "\"\\a\"",
            "?; a", "a,"})
    void refusesAKeyThatIsNone(String key) {
        Answer answer = post(key, BODY);

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.errorFields()).containsExactly("Idempotency-Key");
    }

    @Test
    void takesKeysOf255CharactersAndNoLonger() {
        assertThat(post("k".repeat(255), BODY).status()).isEqualTo(202);
        assertThat(post("\"" + "\\\"".repeat(255) + "\"", BODY).status()).isEqualTo(202);
        assertThat(post("k".repeat(256), BODY).status()).isEqualTo(400);
        assertThat(api.post("/jobs", BODY, "Idempotency-Key", "a", "Idempotency-Key", "b").status()).isEqualTo(400);
    }

    @Test
    void keepsCallersApart() {
        var key = new IdempotencyKeyHeader("1");

        assertThat(key.of("a")).isNotEqualTo(key.of("b")).isEqualTo(new IdempotencyKeyHeader("1").of("a"))
                .hasSizeLessThan(256);
        assertThat(key.of("a1")).isNotEqualTo(new IdempotencyKeyHeader("11").of("a"));
    }

    private Answer post(String key, String body) {
        return api.post("/jobs", body, "Idempotency-Key", key);
    }
}
