package io.millrace.api.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.millrace.api.ApiUnderTest;
import io.millrace.api.ApiUnderTest.Answer;

import static org.assertj.core.api.Assertions.assertThat;

final class ProblemTest {

    private final ApiUnderTest api = ApiUnderTest.shared();

    @ParameterizedTest
    @ValueSource(strings = {"/nowhere", "/", "/error", "/index.html", "/favicon.ico", "/users/1/2", "/actuator"})
    void answersAnUnknownPathWithAProblem(String path) {
        assertProblem(api.get(path), 404, "not-found");
    }

    @Test
    void namesTheMethodsThatAreAllowed() {
        Answer answer = api.send("PUT", "/users", "{}", "Content-Type", "application/json");

        assertProblem(answer, 405, "method-not-allowed");
        assertThat(answer.header("Allow")).contains("POST");
    }

    @Test
    void refusesAContentTypeItDoesNotRead() {
        assertProblem(api.post("/users", "email=a@b.c", "Content-Type", "application/x-www-form-urlencoded"), 415,
                "unsupported-media-type");
        assertProblem(api.send("POST", "/users", "{}"), 415, "unsupported-media-type");
    }

    @Test
    void refusesAContentTypeThatIsNone() {
        assertThat(api.post("/users", "{}", "Content-Type", "nonsense").status()).isEqualTo(415);
    }

    @Test
    void refusesARepresentationItCannotWrite() {
        assertProblem(api.post("/users", "{\"email\": \"accept@example.com\", \"fullName\": \"Ada\"}", "Accept",
                "text/csv"), 406, "not-acceptable");
        assertThat(users("accept@example.com")).isZero();
    }

    @Test
    void refusesABodyThatIsTooLargeByItsLength() {
        assertProblem(api.post("/users", "{\"email\": \"" + "a".repeat(1_100_000) + "\"}"), 413, "too-large");
    }

    @Test
    void refusesABodyThatTurnsOutTooLargeWhileItIsRead() throws Exception {
        byte[] chunk = "a".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
        var chunks = new java.util.ArrayList<byte[]>(List.of("{\"email\": \"".getBytes(StandardCharsets.US_ASCII)));
        for (int i = 0; i < 15; i++) {
            chunks.add(chunk);
        }
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api.port() + "/users"))
                .header("Content-Type", "application/json").POST(BodyPublishers.ofByteArrays(chunks)).build();
        try (var client = HttpClient.newHttpClient()) {
            assertProblem(new Answer(client.send(request, BodyHandlers.ofString())), 413, "too-large");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /users/[1] HTTP/1.1", "GET /users/a b HTTP/1.1", "GET /users/%zz HTTP/1.1",
            "GET /users/%2e%2e%2f%2e%2e HTTP/1.1", "GET /users/%ff%fe HTTP/1.1", "GET /../../etc/passwd HTTP/1.1",
            "GE(T /users/1 HTTP/1.1", "TRACE /users/1 HTTP/1.1", "GET /users/1%00 HTTP/1.1",
            "GET /users;a=b/1 HTTP/1.1", "GET //users//1 HTTP/1.1", "GET /users\\1 HTTP/1.1",
            "GET http://[bad/users HTTP/1.1", "CONNECT example.com:80 HTTP/1.1"})
    void answersEvenAMalformedRequestLineWithAProblem(String requestLine) throws Exception {
        assertRawProblem(requestLine + "\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    }

    @Test
    void answersMalformedHeadersWithAProblem() throws Exception {
        assertRawProblem("GET /users/1 HTTP/1.1\r\nConnection: close\r\n\r\n");
        assertRawProblem("GET /users/1 HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n");
        assertRawProblem("GET /users/1 HTTP/1.1\r\nHost: localhost\r\nX: " + "a".repeat(20_000) + "\r\n\r\n");
        assertRawProblem("POST /users HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\nConnection: close\r\n\r\n");
        assertRawProblem(
                "POST /users HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: nonsense\r\nConnection: close\r\n\r\n");
    }

    @Test
    void leavesNothingOfAClientThatDisconnectsHalfWay() throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
            socket.getOutputStream()
                    .write("""
                           POST /users HTTP/1.1\r
                           Host: localhost\r
                           Content-Type: application/json\r
                           Content-Length: 500\r
                           \r
                           {"email": "halfway@example.com", "fullName": "Half"}""".getBytes(StandardCharsets.US_ASCII));
        }

        assertThat(api.get("/users/not-an-id").status()).isEqualTo(404);
        assertThat(users("halfway@example.com")).isZero();
    }

    @Test
    void isReadyOnceTheDatabaseIsThere() {
        assertThat(api.management("/actuator/health/readiness").json().path("status").asString()).isEqualTo("UP");
        assertThat(api.management("/actuator/health/liveness").status()).isEqualTo(200);
        assertThat(api.management("/actuator/prometheus").body()).contains("hikaricp_connections");
    }

    private static void assertProblem(Answer answer, int status, String type) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().path("type").asString()).isEqualTo("/problems/" + type);
        assertThat(answer.json().path("title").asString()).isNotBlank();
        assertThat(answer.json().path("status").asInt()).isEqualTo(status);
        assertThat(answer.body()).doesNotContain("Exception", "org.springframework");
    }

    private void assertRawProblem(String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).as(request).containsPattern("^HTTP/1.1 (4..|501) ");
            assertThat(answer.toLowerCase(Locale.ROOT)).as(request).contains("content-type: application/problem+json");
            assertThat(answer).contains("\"type\":\"/problems/").doesNotContain("<html", "Exception", "Tomcat");
        }
    }

    private long users(String email) {
        return api.bean(JdbcClient.class).sql("select count(*) from users where email = ?").param(email)
                .query(Long.class).single();
    }
}
