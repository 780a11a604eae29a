package io.millrace.api.export;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.millrace.api.ApiUnderTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ExtendWith(OutputCaptureExtension.class)
final class SlowExportTest {

    @SuppressWarnings("NullAway.Init")
    private static ApiUnderTest api;

    /** Some 15 MB: more than the buffers of a connection swallow. */
    @BeforeAll
    static void start() {
        api = ApiUnderTest.start("millrace.api.export.at-once=2", "millrace.api.export.slowest-batch=PT1S");
        api.bean(JdbcClient.class).sql("""
                                       insert into users (id, email, full_name, created_at)
                                       select gen_random_uuid(), 'user' || i || '@example.com', 'User ' || i, now()
                                       from generate_series(1, 100000) i
                                       """).update();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void letsTheNextOneInWhereSlowClientsHeldAllPlaces(CapturedOutput output) throws IOException {
        try (Socket first = export(); Socket second = export()) {
            await().untilAsserted(() -> assertThat(api.get("/export/users").status()).isEqualTo(503));

            // 32 KB each 100 ms: never still for as long as the connector's time-out, but 10 MB take half a minute.
            await().pollInterval(Duration.ofMillis(100)).atMost(Duration.ofSeconds(18)).untilAsserted(() -> {
                assertThat(first.getInputStream().readNBytes(32 * 1024)).isNotEmpty();
                assertThat(second.getInputStream().readNBytes(32 * 1024)).isNotEmpty();
                assertThat(api.bean(ExportController.class).underWay()).isZero();
            });

            assertThat(api.get("/export/users", "Accept", "text/csv").body().lines()).hasSize(100_001);
            assertThat(rest(first)).doesNotEndWith("\r\n0\r\n\r\n");
            assertThat(rest(second)).doesNotEndWith("\r\n0\r\n\r\n");
            assertThat(output).contains("its client took longer than PT1S").doesNotContain("ERROR");
        }
    }

    @Test
    void refusesHttp10WhereABrokenExportWouldLookWhole() throws IOException {
        try (var client = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
            client.getOutputStream().write(String.join("\r\n", "GET /export/users HTTP/1.0", "Host: 127.0.0.1", "", "")
                    .getBytes(StandardCharsets.US_ASCII));

            assertThat(rest(client)).startsWith("HTTP/1.1 505").contains("proxy_http_version 1.1");
        }
    }

    private static String statusLine(Socket client) throws IOException {
        return new String(client.getInputStream().readNBytes("HTTP/1.1 200".length()), StandardCharsets.US_ASCII);
    }

    private static String rest(Socket client) throws IOException {
        return new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** One that has begun. On a busy machine the first connection of the pool may take longer than a caller is made to wait. */
    private static Socket export() throws IOException {
        for (int tries = 0; tries < 10; tries++) {
            var client = send();
            if (statusLine(client).equals("HTTP/1.1 200")) {
                return client;
            }
            client.close();
        }
        throw new AssertionError("no export has begun");
    }

    private static Socket send() throws IOException {
        var client = new Socket();
        // Bounded, or the client's kernel takes in all 15 MB; but a window smaller than loopback's large segments would let them
        // through only now and then, by timers.
        client.setReceiveBufferSize(512 * 1024);
        client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), api.port()));
        var request = List.of("GET /export/users HTTP/1.1", "Host: 127.0.0.1", "Connection: close",
                "Accept: application/x-ndjson", "", "");
        client.getOutputStream().write(String.join("\r\n", request).getBytes(StandardCharsets.US_ASCII));
        return client;
    }
}
