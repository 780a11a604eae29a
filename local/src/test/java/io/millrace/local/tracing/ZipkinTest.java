package io.millrace.local.tracing;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A trace as somebody's product receives it over OTLP, which knows nothing of us. */
@Tag("long")
class ZipkinTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    @Test
    void showsTheWayFromTheRequestToTheMail() throws Exception {
        try (var zipkin = Zipkin.start(); var platform = TracedPlatform.start(zipkin.endpoint())) {
            platform.post("/users", """
                                    {"email": "ada@example.org", "fullName": "Ada Lovelace"}
                                    """, "00-" + TRACE + "-b7ad6b7169203331-01");
            await().atMost(PATIENCE).untilAsserted(
                    () -> assertThat(zipkin.trace(TRACE)).anyMatch(span -> isNamed(span, "send mail")));

            var spans = zipkin.trace(TRACE);
            var mail = named(spans, "send mail");
            var run = named(spans, "run send-welcome-email");
            var enqueue = named(spans, "enqueue send-welcome-email");
            var request = named(spans, "http post /users");
            assertThat(text(mail, "parentId")).isEqualTo(text(run, "id"));
            assertThat(text(run, "parentId")).isEqualTo(text(enqueue, "id"));
            assertThat(text(enqueue, "parentId")).isEqualTo(text(request, "id"));
            assertThat(text(request, "parentId")).isEqualTo("b7ad6b7169203331");
            assertThat(run.path("localEndpoint").path("serviceName").asString("")).isEqualTo("millrace-worker");
            assertThat(request.path("localEndpoint").path("serviceName").asString("")).isEqualTo("millrace-api");
        }
    }

    private static JsonNode named(List<JsonNode> spans, String name) {
        return spans.stream().filter(span -> isNamed(span, name)).findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in " + spans));
    }

    private static boolean isNamed(JsonNode span, String name) {
        return text(span, "name").equals(name);
    }

    private static String text(JsonNode span, String field) {
        return span.path(field).asString("");
    }
}
