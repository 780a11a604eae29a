package io.millrace.api.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.millrace.api.ApiUnderTest;
import io.millrace.api.ApiUnderTest.Answer;
import io.millrace.core.http.DeliverWebhook;
import io.millrace.jobs.JobSchedules;
import io.millrace.jobs.ScheduleOptions;
import io.millrace.jobs.UnknownJobType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What a webhook says is signed, so nobody may have anything said but the engine. */
final class InternalJobTypeTest {

    private static final String FORGED = """
                                         "type": "deliver-webhook", "payload": {"url": "https://example.org/hooks",
                                         "type": "job.succeeded", "timestamp": "2026-01-31T12:00:00Z",
                                         "data": {"id": "0199a1b2-0000-7000-8000-000000000001", "type": "x", "queue": "x",
                                                  "state": "SUCCEEDED", "attempt": 1, "labels": []}}""";

    private final ApiUnderTest api = ApiUnderTest.shared();

    @Test
    void isUnknownToCallers() {
        assertUnknown(api.post("/jobs", "{" + FORGED + "}"));
        assertUnknown(api.post("/jobs", "{" + FORGED + "}", "Idempotency-Key", "\"forged\""));
        assertUnknown(api.post("/jobs", "{" + FORGED + ", \"uniqueKey\": \"forged\"}"));
        assertThat(api.post("/jobs/bulk", "[{" + FORGED + "}]").status()).isEqualTo(422);
        assertUnknown(api.put("/schedules/forged", "{\"every\": \"PT1H\", " + FORGED + "}"));

        assertThat(api.get("/job-types").body()).contains("http-call").doesNotContain("deliver-webhook");
        assertThat(api.bean(JdbcClient.class)
                .sql("select count(*) from millrace_jobs.jobrunr_jobs where type = 'deliver-webhook'").query(Long.class)
                .single()).isZero();
    }

    @Test
    void hasNoSchedule() {
        var delivery = new DeliverWebhook("https://example.org/hooks", "job.succeeded", Instant.EPOCH,
                new DeliverWebhook.Ended(UUID.randomUUID(), "x", "x", "SUCCEEDED", 1, List.of(), null, null));

        assertThatExceptionOfType(UnknownJobType.class).isThrownBy(() -> api.bean(JobSchedules.class).put("forged",
                delivery, ScheduleOptions.every(Duration.ofHours(1))));
    }

    private static void assertUnknown(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.json().path("type").asString()).isEqualTo("/problems/unknown-job-type");
    }
}
