package io.millrace.core.http;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import jakarta.validation.Validation;

import org.junit.jupiter.api.Test;

import io.millrace.jobs.JobPayloads;
import io.millrace.jobs.JobStatus;

import static org.assertj.core.api.Assertions.assertThat;

class WebhookNewsTest {

    private static final Instant NOON = Instant.parse("2031-01-06T12:00:00Z");

    private final JobPayloads payloads = new JobPayloads(Validation.buildDefaultValidatorFactory().getValidator());
    private final WebhookNews news = new WebhookNews(Clock.fixed(NOON, ZoneOffset.UTC));

    /** An exception says what it likes; its job's end is told all the same. */
    @Test
    void canBeEnqueuedWhateverTheErrorSays() {
        var told = told("a NUL \0, half a pair \uD83D, the other half \uDE00, a whole one \uD83D\uDE00");

        var read = payloads.read("deliver-webhook", payloads.write(told), DeliverWebhook.class);

        assertThat(read.data().error()).isEqualTo(new DeliverWebhook.Reason("IOException",
                "a NUL \uFFFD, half a pair \uFFFD, the other half \uFFFD, a whole one \uD83D\uDE00"));
    }

    private DeliverWebhook told(String message) {
        var failed = new JobStatus(new UUID(1, 2), "ship-order", "shipping", 0, JobStatus.State.FAILED, 3, 3, NOON,
                null,
                NOON, NOON, null, new JobStatus.Failure("IOException", message), List.of(), null);
        return (DeliverWebhook) news.of(failed, "https://example.org/hooks");
    }
}
