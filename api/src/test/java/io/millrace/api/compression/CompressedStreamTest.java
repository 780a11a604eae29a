package io.millrace.api.compression;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.millrace.api.ApiUnderTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

final class CompressedStreamTest {

    private static final ApiUnderTest API = ApiUnderTest.shared();

    @ParameterizedTest
    @ValueSource(strings = {"zstd", "br", "gzip", "identity"})
    void letsThroughWhatIsFlushed(String coding) throws Exception {
        try (InputStream lines = stream("/answers/stream?type=application/x-ndjson", coding)) {
            for (int i = 0; i < 3; i++) {
                Answers.NEXT_LINE.release();
                assertThat(lines.readNBytes(7)).as("line " + i).asString(StandardCharsets.US_ASCII)
                        .isEqualTo("line " + i + '\n');
            }
            assertThat(lines.read()).as("the end").isEqualTo(-1);
        }
    }

    @Test
    void leavesEventsAlone() throws Exception {
        Answers.NEXT_LINE.release(3);
        try (InputStream events = stream("/answers/stream?type=text/event-stream", "identity")) {
            assertThat(events.readAllBytes()).asString(StandardCharsets.US_ASCII).isEqualTo("line 0\nline 1\nline 2\n");
        }
        Answers.NEXT_LINE.release(3);
        assertThat(Received.get(API, "/answers/stream?type=text/event-stream", "Accept-Encoding", "gzip")
                .header("Content-Encoding")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 5000, 500_000})
    void compressesWhatIsWrittenOnAnotherThread(int size) {
        var answer = Received.get(API, "/answers/async?size=" + size, "Accept-Encoding", "zstd");

        assertThat(answer.header("Content-Encoding")).isEqualTo("zstd");
        assertThat(answer.text()).isEqualTo(new String(Answers.content(size), StandardCharsets.US_ASCII));
    }

    @ParameterizedTest
    @CsvSource({"zstd, false", "zstd, true", "br, false", "br, true", "gzip, false", "gzip, true"})
    void freesTheEncoderOfAClientThatGoesAway(String coding, boolean async) throws IOException {
        int before = open();
        try (var client = new Socket(InetAddress.getLoopbackAddress(), API.port())) {
            client.getOutputStream().write(("GET /answers/endless?async=" + async + " HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                    + "Accept-Encoding: " + coding + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            assertThat(client.getInputStream().readNBytes(100_000)).hasSize(100_000);
            assertThat(open()).isEqualTo(before + 1);
        }

        // Only a write tells that a client is gone, and one that waits for room in the socket may wait for as long as Tomcat's
        // connection-timeout (20 s). An asynchronous answer is then ended by another thread, which has to get its turn.
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(open()).isEqualTo(before));
    }

    @ParameterizedTest
    @ValueSource(strings = {"zstd", "br", "gzip"})
    void tellsAFailureBeforeTheFirstByteAsAProblem(String coding) {
        int before = open();

        var answer = Received.get(API, "/answers/failing?after=5000&flush=false", "Accept-Encoding", coding);

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.header("Content-Encoding")).isEmpty();
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.text()).contains("/problems/internal");
        assertThat(open()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"zstd", "br", "gzip"})
    void leavesAnAnswerThatFailsHalfWayWithoutAnEnd(String coding) {
        int before = open();

        assertThatThrownBy(
                () -> Received.get(API, "/answers/failing?after=5000&flush=true", "Accept-Encoding", coding))
                .hasMessageContaining("chunked transfer encoding");

        await().untilAsserted(() -> assertThat(open()).isEqualTo(before));
    }

    private static int open() {
        return API.bean(Encoders.class).open();
    }

    private static InputStream stream(String path, String coding) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + API.port() + path))
                .header("Accept-Encoding", coding).build();
        // Sent on another thread: the head of the answer comes with its first line.
        var response = HttpClient.newHttpClient().sendAsync(request, BodyHandlers.ofInputStream());
        return new Lazy(() -> {
            var body = response.join();
            return Received.decoded(body.headers().firstValue("Content-Encoding").orElse(""), body.body());
        });
    }

    /** Opens when it is first read. */
    private static final class Lazy extends InputStream {

        private final Opener opener;
        private InputStream opened = InputStream.nullInputStream();
        private boolean open;

        Lazy(Opener opener) {
            this.opener = opener;
        }

        @Override
        public int read() throws IOException {
            if (!open) {
                opened = opener.open();
                open = true;
            }
            return opened.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int first = length == 0 ? 0 : read();
            if (length == 0 || first < 0) {
                return first;
            }
            bytes[offset] = (byte) first;
            return 1;
        }

        @Override
        public void close() throws IOException {
            opened.close();
        }
    }

    private interface Opener {
        InputStream open() throws IOException;
    }
}
