package io.millrace.api.jobs;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.millrace.api.ApiUnderTest;

import static org.assertj.core.api.Assertions.assertThat;

final class JobWebhookTest {

    private final ApiUnderTest api = ApiUnderTest.shared();

    @Test
    void isKeptWithTheJob() {
        var answer = api.post("/jobs", job("https://example.org/hooks?shop=7"));

        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        assertThat(api.bean(JdbcClient.class).sql("select webhook from millrace_jobs.jobrunr_jobs where id = ?")
                .param(answer.json().path("id").asString()).query(String.class).single())
                .isEqualTo("https://example.org/hooks?shop=7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "example.org", "ftp://example.org", "http://user:s3cret@example.org",
            "http://2130706433/", "http://0177.0.0.1/"})
    void isAnAddressOrNothingIsQueued(String webhook) {
        var answer = api.post("/jobs", job(webhook));

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.json().at("/errors/0/field").asString()).isEqualTo("webhook");
        assertThat(answer.body()).doesNotContain("s3cret");
    }

    private static String job(String webhook) {
        return """
               {"type": "send-email", "payload": {"to": "ada@example.com", "subject": "Hello", "text": "Hello Ada"},
                "webhook": "%s"}""".formatted(webhook);
    }
}
