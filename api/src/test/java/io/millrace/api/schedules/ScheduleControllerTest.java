package io.millrace.api.schedules;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.millrace.api.ApiUnderTest;
import io.millrace.api.ApiUnderTest.Answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

final class ScheduleControllerTest {

    private static final String MAIL = "\"type\": \"send-email\", \"payload\":"
            + " {\"to\": \"ada@example.com\", \"subject\": \"Hello\", \"text\": \"Hello Ada\"}";
    private static final String HOURLY = "\"cron\": \"0 * * * *\"";

    private final ApiUnderTest api = ApiUnderTest.shared();
    private final String id = "test-" + UUID.randomUUID();

    @Test
    void createsReplacesAndShowsASchedule() {
        Answer created = put(id, "\"cron\": \"30 2 * * MON-FRI\", \"zone\": \"Europe/Berlin\", \"queue\": \"nightly\","
                + " \"priority\": -5, \"maxAttempts\": 2, \"labels\": [\"a\"], \"missedRuns\": \"skip\","
                + " \"overlap\": \"skip\"");
        Answer replaced = put(id, "\"every\": \"PT15M\"");

        assertThat(created.status()).as(created.body()).isEqualTo(201);
        assertThat(created.json().propertyNames()).containsExactly("id", "cron", "every", "zone", "type", "payload",
                "paused", "queue", "priority", "maxAttempts", "labels", "missedRuns", "overlap", "nextRunAt",
                "lastRunAt", "lastJobId", "error", "createdAt", "updatedAt");
        assertThat(created.body()).contains("\"cron\":\"30 2 * * MON-FRI\"", "\"zone\":\"Europe/Berlin\"",
                "\"queue\":\"nightly\"", "\"priority\":-5", "\"maxAttempts\":2", "\"labels\":[\"a\"]",
                "\"missedRuns\":\"skip\"", "\"overlap\":\"skip\"", "\"to\":\"ada@example.com\"");
        assertThat(replaced.status()).as(replaced.body()).isEqualTo(200);
        assertThat(replaced.body()).contains("\"every\":\"PT15M\"", "\"cron\":null", "\"zone\":\"UTC\"",
                "\"queue\":null", "\"missedRuns\":\"once\"", "\"overlap\":\"allow\"");
        assertThat(replaced.json().path("createdAt")).isEqualTo(created.json().path("createdAt"));
        assertThat(Duration.between(at(replaced, "updatedAt"), at(replaced, "nextRunAt")))
                .isEqualTo(Duration.ofMinutes(15));
        assertThat(api.get("/schedules/" + id).json()).isEqualTo(replaced.json());
        assertThat(api.bean(JdbcClient.class).sql("select created_by from millrace_jobs.job_schedules where id = ?")
                .param(id).query(String.class).single()).isEqualTo("open");
    }

    @Test
    void pausesAndResumes() {
        Answer paused = put(id, HOURLY + ", \"paused\": true");

        assertThat(paused.json().path("paused").asBoolean()).isTrue();
        assertThat(paused.json().path("nextRunAt").isNull()).isTrue();
        assertThat(api.send("POST", "/schedules/" + id + "/resume", null).json().path("nextRunAt").isNull()).isFalse();
        var again = api.send("POST", "/schedules/" + id + "/pause", null).json();
        assertThat(again.path("paused").asBoolean()).isTrue();
        assertThat(again.path("nextRunAt").isNull()).isTrue();
        assertThat(put(id, HOURLY).json().path("nextRunAt").isNull()).isFalse();
    }

    @Test
    void runsNow() {
        Answer before = put(id, HOURLY + ", \"paused\": true, \"labels\": [\"a\"]");

        Answer run = api.send("POST", "/schedules/" + id + "/run", null);

        assertThat(run.status()).as(run.body()).isEqualTo(202);
        assertThat(run.header("Location")).isEqualTo("/jobs/" + run.json().path("jobId").asString());
        assertThat(api.get(run.header("Location")).json().path("type").asString()).isEqualTo("send-email");
        Answer after = api.get("/schedules/" + id);
        assertThat(after.json().path("lastJobId")).isEqualTo(run.json().path("jobId"));
        assertThat(after.json().path("lastRunAt").isNull()).isFalse();
        assertThat(after.json().path("updatedAt")).isEqualTo(before.json().path("updatedAt"));
    }

    @Test
    void deletes() {
        put(id, HOURLY);

        assertThat(api.delete("/schedules/" + id, "Accept", "text/plain").status()).isEqualTo(204);

        assertThat(api.delete("/schedules/" + id, "Accept", "text/plain").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ' ', value = {"GET /schedules/unknown", "DELETE /schedules/unknown",
            "POST /schedules/unknown/run",
            "POST /schedules/unknown/pause", "POST /schedules/unknown/resume", "GET /schedules/a%00b"})
    void knowsNoScheduleOfAnUnknownId(String method, String path) {
        Answer answer = api.send(method, path, null);

        assertThat(answer.status()).as(answer.body()).isIn(400, 404);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    }

    @Test
    void listsAllPageByPage() {
        for (int i = 0; i < 5; i++) {
            put(id + i, HOURLY);
        }
        List<String> ids = new ArrayList<>();

        var page = api.get("/schedules?limit=2").json();
        while (true) {
            page.path("data").values().forEach(schedule -> ids.add(schedule.path("id").asString()));
            if (!page.path("pagination").path("hasNext").asBoolean()) {
                break;
            }
            page = api.get("/schedules?limit=2&cursor=" + page.path("pagination").path("nextCursor").asString())
                    .json();
        }

        assertThat(ids).doesNotHaveDuplicates();
        assertThat(ids.stream().filter(found -> found.startsWith(id))).containsExactly(id + 4, id + 3, id + 2, id + 1,
                id + 0);
        assertThat(api.get("/schedules?cursor=x").errorFields()).containsExactly("cursor");
    }

    static Stream<Arguments> badRequests() {
        return Stream.of(arguments("cron", "\"cron\": \"0 0 30 2 *\""), arguments("cron", "\"cron\": \"0 0\""),
                arguments("cron", "\"cron\": \"61 * * * *\""), arguments("cron", "\"cron\": \"0\\u0000 * * * *\""),
                arguments("cron", "\"cron\": 5"), arguments("cron", "\"paused\": true"),
                arguments("cron", HOURLY + ", \"every\": \"PT1M\""), arguments("every", "\"every\": \"PT0.5S\""),
                arguments("every", "\"every\": \"PT1.0001S\""), arguments("every", "\"every\": \"P3651D\""),
                arguments("every", "\"every\": \"-PT1H\""), arguments("every", "\"every\": 60"),
                arguments("zone", HOURLY + ", \"zone\": \"Mars/Olympus\""),
                arguments("zone", HOURLY + ", \"zone\": \"\""),
                arguments("missedRuns", HOURLY + ", \"missedRuns\": \"twice\""),
                arguments("overlap", HOURLY + ", \"overlap\": \"ALLOW\""),
                arguments("paused", HOURLY + ", \"paused\": \"yes\""),
                arguments("queue", HOURLY + ", \"queue\": \"A\""),
                arguments("priority", HOURLY + ", \"priority\": 1001"),
                arguments("maxAttempts", HOURLY + ", \"maxAttempts\": 0"),
                arguments("labels", HOURLY + ", \"labels\": [\"\"]"),
                arguments("labels[0]", HOURLY + ", \"labels\": [null]"),
                arguments("runAt", HOURLY + ", \"runAt\": \"2031-01-01T00:00:00Z\""));
    }

    @ParameterizedTest
    @MethodSource("badRequests")
    void namesTheFieldOfABadRequest(String field, String fields) {
        assertRefused(put(id, fields), 400, "invalid-request", field);
    }

    @Test
    void saysWhatToDoAboutAnExpressionThatNamesNoTime() {
        assertThat(put(id, "\"cron\": \"0 0 31 2,4 *\"").body()).contains("must name a day that exists");
    }

    @Test
    void refusesWhatCouldNotBeQueued() {
        assertRefused(api.put("/schedules/" + id, "{" + HOURLY + ", \"type\": \"send-emails\", \"payload\": {}}"), 422,
                "unknown-job-type", "type");
        assertRefused(api.put("/schedules/" + id, "{" + HOURLY
                + ", \"type\": \"send-email\", \"payload\": {\"to\": \"nobody\", \"subject\": \"s\", \"text\": \"t\"}}"),
                422, "invalid-payload", "payload.to");
        assertRefused(api.put("/schedules/" + id, "{" + HOURLY + ", \"payload\": {}}"), 400, "invalid-request",
                "type");
    }

    @Test
    void refusesAPayloadThatIsTooLarge() {
        assertRefused(api.put("/schedules/" + id, "{" + HOURLY + ", \"type\": \"http-call\", \"payload\": {\"url\":"
                + " \"https://example.com\", \"body\": \"" + "a".repeat(66_000) + "\"}}"), 413, "payload-too-large",
                "payload");
    }

    @ParameterizedTest
    @ValueSource(strings = {"two%20words", "a:b", "%C3%BC",
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
    void namesAnIdThatNoScheduleCanHave(String bad) {
        assertRefused(put(bad, HOURLY), 400, "invalid-request", "id");
    }

    private Answer put(String schedule, String fields) {
        return api.put("/schedules/" + schedule, "{" + MAIL + ", " + fields + "}");
    }

    private void assertRefused(Answer answer, int status, String kind, String field) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.json().path("type").asString()).isEqualTo("/problems/" + kind);
        assertThat(answer.errorFields()).as(answer.body()).containsExactly(field);
        assertThat(answer.body()).doesNotContain("Exception", "io.millrace");
        assertThat(api.get("/schedules/" + id).status()).isEqualTo(404);
    }

    private static Instant at(Answer answer, String field) {
        return Instant.parse(answer.json().path(field).asString());
    }
}
