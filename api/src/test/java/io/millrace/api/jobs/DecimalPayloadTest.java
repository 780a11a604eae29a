package io.millrace.api.jobs;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.millrace.api.ApiUnderTest;

import static org.assertj.core.api.Assertions.assertThat;

/** What a request says with more digits than a double has. */
final class DecimalPayloadTest {

    private static final String LONG = "12345678901234567890.12345678901234567890";

    private final ApiUnderTest api = ApiUnderTest.shared();

    @Test
    void keepsItsDigitsWhicheverWayItComes() {
        var call = call("{\"amount\": 1.10, \"long\": %s}".formatted(LONG));
        assertThat(api.post("/jobs", call).status()).isEqualTo(202);
        assertThat(api.post("/jobs", call, "Idempotency-Key", "\"digits\"").status()).isEqualTo(202);
        assertThat(api.post("/jobs/bulk", "[" + call + "]").status()).isEqualTo(202);

        assertThat(queued("digits")).hasSize(3)
                .allSatisfy(job -> assertThat(job.replace("\\", "")).contains("\"amount\":1.10,", "\"long\":" + LONG));
    }

    @ParameterizedTest
    @CsvSource({"1e400,422", "-1e1000000000,422", "1e-400,202", "1e-20000,422", "12e2147483647,422",
            "1e99999999999,400", "1e300,202"})
    void isNoLargerThanItsReceiverCanRead(String number, int status) {
        assertThat(api.post("/jobs", call(number)).status()).isEqualTo(status);
        assertThat(api.post("/jobs/bulk", "[" + call(number) + "]").status()).isEqualTo(status);
    }

    private static String call(String body) {
        return """
               {"type": "http-call", "queue": "digits", "payload": {"url": "https://example.org", "body": %s}}"""
                .formatted(body);
    }

    private List<String> queued(String queue) {
        return api.bean(JdbcClient.class)
                .sql("select jobAsJson from millrace_jobs.jobrunr_jobs where queue = ? and jobAsJson like '%amount%'")
                .param(queue).query((row, _) -> row.getString(1)).list();
    }
}
