package io.millrace.worker.http;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jakarta.validation.Validation;

import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.millrace.core.http.DeliverWebhook;
import io.millrace.jobs.JobPayloads;
import io.millrace.jobs.PermanentFailure;
import io.millrace.jobs.testing.PerformJob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

class DeliverWebhookHandlerTest {

    private final UpstreamServer upstream = new UpstreamServer();

    @AfterEach
    void stop() {
        upstream.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 429, 500, 503})
    void isTriedAgainWhateverTheServiceAnswers(int status) {
        upstream.answering("/", status, Map.of("Retry-After", "60"), "");

        assertThat(deliver(upstream.url("/"))).isInstanceOfSatisfying(CalledInVain.class,
                e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofMinutes(1)));
    }

    @Test
    void endsWhereTheServiceIsGone() {
        upstream.answering("/", 410, Map.of(), "");

        assertThat(deliver(upstream.url("/"))).isInstanceOf(PermanentFailure.class)
                .hasMessage("127.0.0.1:%d answered 410".formatted(upstream.port()));
    }

    @Test
    void followsNoRedirect() {
        upstream.answering("/", 308, Map.of("Location", "/moved"), "").answering("/moved", 200, Map.of(), "");

        assertThat(deliver(upstream.url("/"))).isInstanceOf(CalledInVain.class);
        assertThat(upstream.received()).hasSize(1);
    }

    @Test
    void refusesWhatIsNoAddress() {
        assertThat(deliver("http://user:s3cret@example.org/")).isInstanceOf(PermanentFailure.class)
                .hasMessage("the webhook's address must not contain a user or a password");
    }

    private Throwable deliver(String url) {
        var settings = Calls.settings();
        var json = new JobPayloads(Validation.buildDefaultValidatorFactory().getValidator());
        return catchThrowable(() -> {
            try (var services = new CallServices(settings, Calls.CLOCK, InetAddress::getAllByName,
                    ObservationRegistry.NOOP)) {
                PerformJob.with(new DeliverWebhookHandler(services, settings, json, Calls.CLOCK))
                        .run(new DeliverWebhook(url, "job.succeeded", Calls.NOW, new DeliverWebhook.Ended(
                                UUID.randomUUID(), "send-email", "mail", "SUCCEEDED", 1, List.of(), Calls.NOW, null)));
            }
        });
    }
}
