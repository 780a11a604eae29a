package io.millrace.api.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.millrace.api.ApiUnderTest;
import io.millrace.api.ApiUnderTest.Answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** What no well-made client sends, byte by byte, and paths where nothing is. */
final class OddRequestTest {

    private static final String HOST = " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
    private static final String JSON = "Content-Type: application/json\r\n";

    private static final ApiUnderTest OPEN = ApiUnderTest.shared();

    @SuppressWarnings("NullAway.Init")
    private static ApiUnderTest closed;

    @BeforeAll
    static void start() {
        closed = ApiUnderTest.start("millrace.api.open=false", "millrace.api.keys=key");
    }

    @AfterAll
    static void stop() {
        closed.close();
    }

    static Stream<Arguments> requests() {
        return Stream.of(
                arguments("GET /posts" + HOST + "X: " + "a".repeat(20_000) + "\r\n\r\n", 431, "headers-too-large"),
                arguments("GET /posts" + HOST + "X: 1\r\n".repeat(101) + "\r\n", 431, "headers-too-large"),
                arguments("GET /posts?cursor=" + "a".repeat(20_000) + HOST + "\r\n", 414, "uri-too-long"),
                arguments("GET /" + "a/".repeat(10_000) + HOST + "\r\n", 414, "uri-too-long"),
                arguments("nonsense\r\n\r\n", 400, "invalid-request"),
                arguments("GET /posts HTTP/9.9\r\nHost: localhost\r\n\r\n", 505, "http-version"),
                arguments("GET /posts" + HOST + "No colon\r\n\r\n", 400, "invalid-request"),
                arguments("GET /posts" + HOST + "Sp ace: 1\r\n\r\n", 400, "invalid-request"),
                arguments("POST /users" + HOST + JSON + "Content-Length: abc\r\n\r\n", 400, "invalid-request"),
                arguments("POST /users" + HOST + JSON + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", 400,
                        "invalid-request"),
                arguments("POST /users" + HOST + JSON + "Content-Length: 99999999999999999999\r\n\r\n{}", 400,
                        "invalid-request"),
                arguments("POST /users" + HOST + JSON + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n", 400,
                        "invalid-request"),
                arguments("POST /users" + HOST + JSON + "Transfer-Encoding: chunked, gzip\r\n\r\n", 400,
                        "invalid-request"),
                arguments("POST /users" + HOST + JSON + "Transfer-Encoding: gzip\r\n\r\n", 501, "not-implemented"),
                arguments("POST /users" + HOST + JSON + "Expect: miracles\r\nContent-Length: 2\r\n\r\n{}", 417,
                        "invalid-request"),
                arguments("TRACE /posts" + HOST + "\r\n", 405, "method-not-allowed"),
                arguments("BREW /posts" + HOST + "\r\n", 405, "method-not-allowed"),
                arguments("GET /users/a%2Fb" + HOST + "\r\n", 400, "invalid-request"),
                arguments("GET /posts?limit=%zz" + HOST + "\r\n", 400, "invalid-request"),
                arguments("GET /posts?limit=%ff" + HOST + "\r\n", 400, "invalid-request"),
                arguments("GET /posts?" + "a&".repeat(101) + HOST + "\r\n", 400, "invalid-request"),
                arguments("GET /nowhere HTTP/1.0\r\nHost: localhost\r\n\r\n", 404, "not-found"),
                arguments("POST /users" + HOST + JSON + "Content-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}", 400,
                        "invalid-request"));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void isAnsweredWithAProblem(String request, int status, String type) throws IOException {
        String answer = raw(OPEN, request);

        String start = request.substring(0, Math.min(request.length(), 300));
        assertThat(answer).as(start).startsWith("HTTP/1.1 " + status + " ")
                .contains("\"type\":\"/problems/" + type + "\"", "\"status\":" + status)
                .doesNotContain("<html", "Exception", "Tomcat");
        assertThat(answer.toLowerCase(Locale.ROOT)).contains("content-type: application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/jobs/a/b/c", "/files/a/b/c", "/users/a/b/c", "/posts/", "/posts/a/b/c", "/products/a/b",
            "/export", "/export/", "/cache/a", "/api-keys/a/b/c", "/actuator/env", "/actuator/health", "/%F0%9F%92%A9"})
    void findsNothingWhereNothingIs(String path) {
        Answer answer = OPEN.get(path);

        assertThat(answer.status()).as(answer.body()).isEqualTo(404);
        assertThat(answer.json().path("type").asString()).isEqualTo("/problems/not-found");
        assertThat(OPEN.send("HEAD", path, null).response()).satisfies(head -> {
            assertThat(head.statusCode()).isEqualTo(404);
            assertThat(head.body()).isEmpty();
        });
        if (!path.equals("/actuator/health")) {
            assertThat(closed.get(path).status()).isEqualTo(401);
            assertThat(closed.send("BREW", path, null).status()).isEqualTo(401);
        }
    }

    @Test
    void tellsWhatMayBeDoneAndWhatWouldBeAnswered() {
        Answer options = OPEN.send("OPTIONS", "/users", null);
        assertThat(options.status()).isEqualTo(200);
        assertThat(options.header("Allow").split(",")).contains("GET", "HEAD", "POST", "OPTIONS");
        assertThat(closed.send("OPTIONS", "/users", null).status()).isEqualTo(401);
        assertThat(closed.send("OPTIONS", "/users", null, "Authorization", "Bearer key").status()).isEqualTo(200);

        Answer head = OPEN.send("HEAD", "/posts", null);
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
    }

    @Test
    void takesOneOfTwoAuthorizations() throws IOException {
        assertThat(raw(closed, "GET /posts" + HOST + "Authorization: Bearer no\r\nAuthorization: Bearer key\r\n\r\n"))
                .startsWith("HTTP/1.1 401 ");
    }

    private static String raw(ApiUnderTest api, String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
