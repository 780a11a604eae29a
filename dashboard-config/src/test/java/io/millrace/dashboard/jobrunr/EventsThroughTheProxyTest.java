package io.millrace.dashboard.jobrunr;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.millrace.dashboard.DashboardProcess;
import io.millrace.dashboard.Visitor;

import static io.millrace.dashboard.DashboardProcess.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

/** JobRunr's page follows what happens by server-sent events. */
@Timeout(90)
class EventsThroughTheProxyTest {

    private static DashboardProcess process;

    private Visitor visitor;

    @BeforeAll
    static void start() {
        process = DashboardProcess.start();
    }

    @AfterAll
    static void stop() {
        process.close();
    }

    @BeforeEach
    void come() {
        visitor = process.visitor("10.30.0.1");
    }

    @AfterEach
    void leave() {
        visitor.close();
    }

    @Test
    void comeOneByOneWhileTheStreamIsOpen() throws Exception {
        visitor.signIn("operator", PASSWORD);

        var answer = follow();
        try (var lines = reader(answer)) {
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type")).contains("text/event-stream");
            assertThat(firstEvent(lines)).contains("\"succeeded\":0");
        }
    }

    @Test
    void endWhenTheirReaderIsGone() throws Exception {
        visitor.signIn("operator", PASSWORD);
        var server = process.bean(LoopbackServer.class);
        var answer = follow();
        assertThat(answer.statusCode()).isEqualTo(200);
        await().until(() -> server.openStreams() > 0);

        answer.body().close();
        visitor.http().shutdownNow();

        await().atMost(Duration.ofSeconds(60)).until(() -> server.openStreams() == 0);
    }

    @Test
    void endWhenTheirReaderSignsOut() throws Exception {
        visitor.signIn("operator", PASSWORD);
        try (var lines = reader(follow())) {
            visitor.post("/logout", visitor.get("/queues").body(), Map.of());

            assertThatCode(() -> lines.lines().forEach(line -> {
            })).as("a time-out of the test says that it does not end").doesNotThrowAnyException();
        }
    }

    @Test
    void endWhenTheProcessIsStopped() throws Exception {
        var second = DashboardProcess.start();
        try (var reader = second.visitor("10.30.0.2")) {
            reader.signIn("operator", PASSWORD);
            var lines = reader(reader.http().send(reader.request("/sse/jobstats").build(),
                    HttpResponse.BodyHandlers.ofInputStream()));

            long begun = System.nanoTime();
            second.close();

            assertThatCode(() -> lines.lines().forEach(line -> {
            })).doesNotThrowAnyException();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).as("no wait for a stream that goes on for ever")
                    .isLessThan(Duration.ofSeconds(9));
        }
    }

    private HttpResponse<InputStream> follow() throws IOException, InterruptedException {
        return visitor.http().send(visitor.request("/sse/jobstats").build(),
                HttpResponse.BodyHandlers.ofInputStream());
    }

    private static BufferedReader reader(HttpResponse<InputStream> answer) {
        return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    }

    private static String firstEvent(BufferedReader lines) throws IOException {
        String line = lines.readLine();
        while (line != null && !line.startsWith("data:")) {
            line = lines.readLine();
        }
        return String.valueOf(line);
    }
}
