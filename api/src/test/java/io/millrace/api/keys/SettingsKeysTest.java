package io.millrace.api.keys;

import org.junit.jupiter.api.Test;

import io.millrace.api.ApiUnderTest;
import io.millrace.api.ApiUnderTest.Answer;

import static org.assertj.core.api.Assertions.assertThat;

/** Two keys of the settings, which two services use. */
final class SettingsKeysTest {

    @Test
    void areToldFromOneAnother() {
        try (var api = ApiUnderTest.start("millrace.api.open=false", "millrace.api.keys=of-the-settings,another")) {
            Answer one = enqueue(api, "of-the-settings", "Hello");
            Answer other = enqueue(api, "another", "Good-bye");

            assertThat(one.status()).as(one.body()).isEqualTo(202);
            assertThat(other.status()).as(other.body()).isEqualTo(202);
            assertThat(enqueue(api, "another", "Good-bye").json().path("id")).isEqualTo(other.json().path("id"));
            assertThat(one.json().path("enqueuedBy").asString()).isEqualTo("configured:62ac18db");
            assertThat(other.json().path("enqueuedBy").asString()).matches("configured:[0-9a-f]{8}")
                    .isNotEqualTo("configured:62ac18db");
        }
    }

    private static Answer enqueue(ApiUnderTest api, String key, String text) {
        return api.post("/jobs",
                """
                {"type": "send-email", "payload": {"to": "a@example.com", "subject": "Hello", "text": "%s"}}
                """.formatted(text), "Authorization", "Bearer " + key, "Idempotency-Key",
                "\"order-7\"");
    }
}
