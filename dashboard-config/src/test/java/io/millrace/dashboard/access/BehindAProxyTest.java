package io.millrace.dashboard.access;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.millrace.dashboard.Visitor;

import static io.millrace.dashboard.DashboardProcess.PASSWORD;
import static io.millrace.dashboard.Visitor.basic;
import static io.millrace.dashboard.access.People.PROCESS;
import static io.millrace.dashboard.access.People.VIEWERS;
import static org.assertj.core.api.Assertions.assertThat;

/** Paths and headers as others send them, through a proxy or not. */
class BehindAProxyTest {

    private final String address = People.nextAddress();
    private final Visitor visitor = PROCESS.visitor(address);

    @AfterEach
    void leave() {
        visitor.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dashboard/static/../../../../../../application.yml",
            "/dashboard/static/%2e%2e/%2e%2e/%2e%2e/application.yml", "/dashboard/static/..%5capplication.yml",
            "/api/%2e%2e/dashboard", "/api//jobs", "/api/./jobs", "/dashboard/%252e%252e/x", "/api/jobs;x=y",
            "/sse/../api/jobs", "/dashboard/a%00b", "/dashboard/a%0d%0ab", "http://example.org/api/jobs@127.0.0.1"})
    void refusesCrookedPaths(String path) throws Exception {
        assertThat(statusLine("GET " + path + " HTTP/1.1", "127.0.0.1",
                "Authorization: " + basic("operator", PASSWORD)))
                .matches("HTTP/1.1 (400|404)\\b.*");
    }

    @Test
    void believesATrustedProxyAboutTheAddressTheSchemeAndTheHost() throws Exception {
        var page = visitor.send(visitor.request("/login").header("Accept", "text/html")
                .header("X-Forwarded-Proto", "https").header("X-Forwarded-Host", "ops.example.org"));
        assertThat(page.headers().allValues("Set-Cookie")).isNotEmpty()
                .allSatisfy(cookie -> assertThat(cookie).contains("Secure"));

        var change = visitor.request("/api/recurring-jobs/none").header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-Host", "ops.example.org").header("Origin", "https://ops.example.org")
                .header("Authorization", basic("operator", PASSWORD)).DELETE();
        assertThat(visitor.send(change).statusCode()).isEqualTo(404);
    }

    @Test
    void worksUnderAPrefixThatATrustedProxyTakesAway() throws Exception {
        var turnedAway = visitor.send(
                visitor.request("/queues").header("Accept", "text/html").header("X-Forwarded-Prefix", "/ops"));
        var page = visitor.send(
                visitor.request("/login").header("Accept", "text/html").header("X-Forwarded-Prefix", "/ops"));

        assertThat(location(turnedAway)).isEqualTo("/ops/login");
        assertThat(page.body()).contains("href=\"/ops/millrace.css\"", "action=\"/ops/login\"");
    }

    @Test
    void takesTheLastAddressThatNoProxyOfOursHas() throws Exception {
        for (int i = 0; i < 5; i++) {
            try (var liar = PROCESS.visitor("1.2.3." + i + ", " + address + ", 127.0.0.1")) {
                assertThat(liar.send(liar.request("/api/version").header("Authorization",
                        basic("somebody-" + i, "wrong"))).statusCode()).isEqualTo(401);
            }
        }

        var sixth = visitor.send(visitor.request("/api/version").header("Authorization", basic("vera", VIEWERS)));

        assertThat(sixth.statusCode()).as("what the client writes before is no way around the limit").isEqualTo(429);
    }

    private static String statusLine(String request, String host, String... headers) throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), PROCESS.port())) {
            String text = request + "\r\nHost: " + host + "\r\nConnection: close\r\n" + String.join("\r\n", headers)
                    + "\r\n\r\n";
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
        }
    }

    private static String location(HttpResponse<?> answer) {
        return answer.headers().firstValue("Location").orElse("none")
                .replaceFirst("^http://127\\.0\\.0\\.1:" + PROCESS.port(), "");
    }
}
