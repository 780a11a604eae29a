package io.millrace.api.keys;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.millrace.api.ApiUnderTest;
import io.millrace.testkit.TestPostgres;

import static io.millrace.api.keys.ClosedApi.make;
import static org.assertj.core.api.Assertions.assertThat;

/** Whatever is done with keys, and however much is logged, no log, metric or answer has one. */
@ExtendWith(OutputCaptureExtension.class)
final class KeptSecretTest {

    @Test
    void isInNoLogAndNoMetric(CapturedOutput log) throws IOException {
        try (var api = ApiUnderTest.startOn(TestPostgres.newDatabase(), "millrace.api.open=false",
                "millrace.api.keys=of-the-settings", "logging.level.io.millrace=trace",
                "logging.level.org.springframework.web=debug", "logging.level.org.springframework.jdbc=debug",
                "spring.mvc.log-resolved-exception=true")) {
            String key = make(api, "{\"name\": \"secret\", \"scopes\": [\"read\"]}");
            String secret = key.substring(key.length() - 49);
            String mistyped = key.substring(0, key.length() - 1) + "!";
            String unknown = "Bearer " + KeyText.random().text();

            // First: of all malformed requests Tomcat logs one as INFO.
            assertThat(malformed(api, "GET /posts", "Authorization: " + key + "\001")).startsWith("HTTP/1.1 400");
            assertThat(malformed(api, "GET /posts", "Authorization " + key)).startsWith("HTTP/1.1 400");
            assertThat(malformed(api, "GET /posts?key=" + secret + "%zz", "Cookie: key=" + secret + "\u007f"))
                    .startsWith("HTTP/1.1 400");
            assertThat(api.get("/users/nobody", "Authorization", key).status()).isEqualTo(404);
            assertThat(api.post("/users", "{}", "Authorization", key).status()).isEqualTo(403);
            var refused = api.get("/users/nobody", "Authorization", mistyped);
            assertThat(refused.status()).isEqualTo(401);
            assertThat(api.get("/users/nobody", "Authorization", unknown).status()).isEqualTo(401);
            assertThat(api.get("/users/nobody?" + "a".repeat(9000), "Authorization", key).status()).isEqualTo(414);
            assertThat(api.get("/users/nobody", "Authorization", ClosedApi.CONFIGURED).status()).isEqualTo(404);

            String metrics = api.management("/actuator/prometheus").body();
            assertThat(metrics).contains("millrace_api_authentication_failures_total{reason=\"invalid-key\"} 2.0",
                    "millrace_api_refused_total{kind=\"insufficient-scope\"} 1.0").doesNotContain(secret);
            assertThat(refused.body()).doesNotContain("mr_");
            assertThat(api.management("/actuator/env").status()).isEqualTo(404);
            assertThat(api.management("/actuator/httpexchanges").status()).isEqualTo(404);
            assertThat(log.getAll()).contains("org.springframework").doesNotContain(secret, "of-the-settings",
                    unknown.substring(unknown.length() - 49));
        }
    }

    /** As bytes, which no client of Java's would send. */
    private static String malformed(ApiUnderTest api, String line, String header) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
            socket.getOutputStream().write((line + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + header
                    + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
