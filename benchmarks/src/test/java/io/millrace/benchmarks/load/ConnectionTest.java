package io.millrace.benchmarks.load;

import java.io.EOFException;
import java.io.IOException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class ConnectionTest {

    private static final byte[] REQUEST = Requests.get("/", "Accept: */*").next();

    @Test
    void countsABodyOfKnownLength() throws IOException {
        assertThat(twice("HTTP/1.1 200 \r\nContent-Length: 5\r\n\r\nabcde").bodyBytes()).isEqualTo(5);
    }

    @Test
    void countsABodyInChunksWithoutTheirFrames() throws IOException {
        assertThat(twice("HTTP/1.1 200 \r\nTransfer-Encoding: chunked\r\n\r\na\r\n0123456789\r\n2\r\nab\r\n0\r\n\r\n")
                .bodyBytes()).isEqualTo(12);
    }

    @Test
    void readsAnAnswerWithoutABody() throws IOException {
        assertThat(twice("HTTP/1.1 503 \r\nContent-Length: 0\r\n\r\n").status()).isEqualTo(503);
    }

    @Test
    void readsWhereTheAnswerCameFrom() throws IOException {
        assertThat(twice("HTTP/1.1 200 \r\nX-Cache: shared\r\nContent-Length: 0\r\n\r\n").source())
                .isEqualTo("shared");
    }

    @Test
    void connectsAgainWhereTheServerCloses() throws IOException {
        try (var server = new ServerUnderTest("HTTP/1.1 200 \r\nContent-Length: 1\r\nConnection: close\r\n\r\nx",
                () -> {
                }); var connection = new Connection(server.port())) {
            connection.exchange(REQUEST);
            connection.exchange(REQUEST);

            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void refusesAnAnswerThatBreaksOff() throws IOException {
        try (var server = new ServerUnderTest("HTTP/1.1 200 \r\nContent-Length: 5\r\nConnection: close\r\n\r\nabc",
                () -> {
                }); var connection = new Connection(server.port())) {
            assertThatThrownBy(() -> connection.exchange(REQUEST)).isInstanceOf(EOFException.class);
        }
    }

    /** The second of two over one connection: it is found only if the first was read to its end. */
    private static Answer twice(String answer) throws IOException {
        try (var server = new ServerUnderTest(answer, () -> {
        }); var connection = new Connection(server.port())) {
            assertThat(connection.exchange(REQUEST).status()).isEqualTo(connection.exchange(REQUEST).status());
            assertThat(server.connections()).isEqualTo(1);
            return connection.exchange(REQUEST);
        }
    }
}
