package io.millrace.dashboard;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

import org.jobrunr.jobs.mappers.JobMapper;
import org.jobrunr.storage.InMemoryStorageProvider;
import org.jobrunr.storage.StorageProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.millrace.jobs.CannotStart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DashboardServerTest {

    private static final String PASSWORD = "swordfish-and-salt";

    private final StorageProvider storage = new InMemoryStorageProvider();
    private final HttpClient http = HttpClient.newHttpClient();
    private DashboardServer server = dashboard(0, PASSWORD, false);

    @BeforeEach
    void start() {
        storage.setJobMapper(new JobMapper(DashboardJson.mapper()));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
        http.close();
        storage.close();
    }

    @Test
    void showsThePageToOperators() throws Exception {
        var page = send(asOperator("/dashboard/overview"));

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("<title>JobRunr</title>");
    }

    @Test
    void leadsFromTheRootToThePage() throws Exception {
        var answer = send(asOperator("/"));

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location")).contains("/dashboard");
        assertThat(send(asOperator("/elsewhere")).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/dashboard", "/dashboard/overview", "/dashboard/static/js/none.js", "/api/jobs",
            "/api/version", "/sse/jobstats"})
    void asksForThePasswordEverywhere(String path) throws Exception {
        var answer = send(request(path));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Basic realm=");
        assertThat(answer.body()).doesNotContain("JobRunr");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic", "Basic !!!", "Bearer swordfish-and-salt", "Basic b3BlcmF0b3I6",
            "Basic b3BlcmF0b3I6c3dvcmRmaXNoLWFuZC1zYWx0eQ=="})
    void turnsWrongCredentialsAway(String authorization) throws Exception {
        assertThat(send(request("/api/version").header("Authorization", authorization)).statusCode()).isEqualTo(401);
    }

    @Test
    void bindsThePageToItsOwnOrigin() throws Exception {
        var headers = send(asOperator("/dashboard")).headers();

        assertThat(headers.allValues("Content-Security-Policy")).anySatisfy(policy -> assertThat(policy)
                .contains("default-src 'none'", "connect-src 'self'", "frame-ancestors 'none'", "form-action 'none'"));
        assertThat(headers.firstValue("X-Frame-Options")).contains("DENY");
        assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(headers.firstValue("Referrer-Policy")).contains("no-referrer");
    }

    @Test
    void letsNobodyKeepWhatTheApiSays() throws Exception {
        assertThat(String.join(",", send(asOperator("/api/version")).headers().allValues("Cache-Control")))
                .contains("no-store");
    }

    @Test
    void sendsNoUsageData() throws Exception {
        assertThat(send(asOperator("/api/version")).body()).contains("\"allowAnonymousDataUsage\":false");
    }

    @ParameterizedTest
    @CsvSource({"Sec-Fetch-Site, cross-site", "Sec-Fetch-Site, same-site", "Sec-Fetch-Site, none",
            "Origin, https://evil.example", "Origin, null", "X-None, none"})
    void refusesWritesOfOtherSitesPages(String header, String value) throws Exception {
        for (String method : new String[]{"POST", "DELETE", "PUT", "PATCH"}) {
            var answer = send(asOperator("/api/recurring-jobs/none").header(header, value).method(method,
                    HttpRequest.BodyPublishers.noBody()));
            assertThat(answer.statusCode()).as(method).isEqualTo(403);
        }
    }

    @Test
    void letsItsOwnPageWrite() throws Exception {
        var noSuchJob = "/api/recurring-jobs/none";
        var bySite = asOperator(noSuchJob).DELETE().header("Sec-Fetch-Site", "same-origin");
        var byOrigin = asOperator(noSuchJob).DELETE().header("Origin", "http://127.0.0.1:" + server.port());

        assertThat(send(bySite).statusCode()).isEqualTo(404);
        assertThat(send(byOrigin).statusCode()).isEqualTo(404);
    }

    @Test
    void answersItsOwnFailuresWithoutAStackTrace() throws Exception {
        var answer = send(asOperator("/api/jobs/not-an-id"));

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).isEqualTo("The dashboard could not answer; its log may say why.\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dashboard/static/../../../../../../application.yml",
            "/dashboard/static/%2e%2e/%2e%2e/%2e%2e/application.yml", "/dashboard/static/..%5capplication.yml"})
    void refusesCrookedPaths(String path) throws Exception {
        // Java's client would straighten them.
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            var request = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: " + credentials()
                    + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            var answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            assertThat(answer.readLine()).isEqualTo("HTTP/1.1 400 Bad Request");
        }
    }

    @Test
    void answersUnderThisMachinesNamesOnlyWhereItIsOpen() throws Exception {
        server.stop();
        server = dashboard(0, "", true);
        server.start();

        assertThat(send(request("/api/version")).statusCode()).isEqualTo(200);
        assertThat(statusForHost("localhost:8000")).contains("200");
        assertThat(statusForHost("rebound.example")).contains("403");
        assertThat(statusForHost("127.0.0.1.evil.example")).contains("403");
    }

    @Test
    void saysWhichPortIsInUse() {
        var second = dashboard(server.port(), PASSWORD, false);

        assertThatExceptionOfType(CannotStart.class).isThrownBy(second::start)
                .withMessageContaining("cannot listen on port " + server.port())
                .satisfies(refusal -> assertThat(refusal.remedy()).contains("MILLRACE_DASHBOARD_PORT"));
        assertThat(second.isRunning()).isFalse();
    }

    @Test
    void stopsWhileAPageListens() throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            var request = "GET /sse/jobstats HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: " + credentials()
                    + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            var answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            assertThat(answer.readLine()).contains("200");
            socket.setSoTimeout(10_000);

            server.stop();

            assertThatCode(() -> answer.lines().forEach(line -> {
            })).as("the stream ends; a time-out says that it does not").doesNotThrowAnyException();
            assertThat(server.isRunning()).isFalse();
        }
    }

    private String statusForHost(String host) throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            var request = "GET /api/version HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
        }
    }

    private DashboardServer dashboard(int port, String password, boolean open) {
        var settings = new DashboardSettings("127.0.0.1", port, "operator", password, open);
        return new DashboardServer(Access.of(settings), storage);
    }

    private HttpRequest.Builder asOperator(String path) {
        return request(path).header("Authorization", credentials());
    }

    private static String credentials() {
        return "Basic "
                + Base64.getEncoder().encodeToString(("operator:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
