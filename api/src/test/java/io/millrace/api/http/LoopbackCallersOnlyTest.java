package io.millrace.api.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.millrace.api.ApiUnderTest;
import io.millrace.api.ApiUnderTest.Answer;

import static org.assertj.core.api.Assertions.assertThat;

/** The API that needs no key, as a browser reaches it that shows the pages of other sites. */
final class LoopbackCallersOnlyTest {

    private static final String ABSENT = "/users/not-an-id";

    private final ApiUnderTest api = ApiUnderTest.shared();

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LocalHost:8080", "127.0.0.1", "127.0.0.1:8080", "127.1.2.3", "[::1]",
            "[::1]:8080"})
    void answersUnderTheNamesOfThisMachine(String host) throws Exception {
        assertThat(getAs(host)).startsWith("HTTP/1.1 404 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "evil.example:8080", "localhost.evil.example", "127.0.0.1.evil.example",
            "evil-localhost", "10.0.0.1", "0.0.0.0", "[::2]", "127.0.0.1.", ""})
    void refusesEveryOtherName(String host) throws Exception {
        assertThat(getAs(host)).startsWith("HTTP/1.1 403 ").contains("application/problem+json",
                "\"type\":\"/problems/forbidden\"", "answers under localhost only");
    }

    @Test
    void refusesWhoSendsNoName() throws Exception {
        assertThat(raw("GET " + ABSENT + " HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.1 403 ");
    }

    @ParameterizedTest
    @CsvSource({"Origin, https://evil.example", "Origin, null", "Origin, http://localhost.evil.example",
            "Origin, http://127.0.0.1@evil.example", "Sec-Fetch-Site, cross-site"})
    void refusesThePagesOfOtherSites(String header, String value) {
        assertRefused(api.get(ABSENT, header, value));
        assertRefused(api.send("OPTIONS", ABSENT, null, header, value));
        assertRefused(api.post("/users", "{\"email\": \"page@example.com\", \"fullName\": \"Page\"}", header, value));
    }

    @Test
    void keepsNoFileThatThePageOfAnotherSiteSends() {
        // Neither needs the browser to ask first: what CORS calls a simple request.
        assertRefused(api.post("/files", "planted", "Content-Type", "text/plain", "Origin", "https://evil.example"));
        assertRefused(api.post("/files", """
                                         --x\r
                                         Content-Disposition: form-data; name="file"; filename="planted.txt"\r
                                         \r
                                         planted\r
                                         --x--\r
                                         """, "Content-Type", "multipart/form-data; boundary=x", "Sec-Fetch-Site",
                "cross-site"));

        assertThat(api.bean(JdbcClient.class).sql("select count(*) from files where name like 'planted%'")
                .query(Long.class).single()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"Origin, http://localhost:3000", "Origin, https://127.0.0.1", "Origin, http://[::1]:8080",
            "Sec-Fetch-Site, same-origin", "Sec-Fetch-Site, same-site", "Sec-Fetch-Site, none"})
    void answersThePagesOfThisMachine(String header, String value) {
        assertThat(api.get(ABSENT, header, value).status()).isEqualTo(404);
    }

    private static void assertRefused(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(403);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().path("type").asString()).isEqualTo("/problems/forbidden");
        assertThat(answer.json().path("detail").asString()).contains("pages of other sites");
    }

    private String getAs(String host) throws IOException {
        return raw("GET " + ABSENT + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
    }

    private String raw(String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
