package io.millrace.dashboard.access;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.millrace.dashboard.DashboardProcess;
import io.millrace.jobs.OperatorActions;

import static org.assertj.core.api.Assertions.assertThat;

/** As in {@code local}: nobody signs in. */
class OpenDashboardTest {

    private static DashboardProcess process;

    @BeforeAll
    static void start() {
        process = DashboardProcess.start("--millrace.dashboard.open=true", "--millrace.dashboard.password=");
    }

    @AfterAll
    static void stop() {
        process.close();
    }

    @Test
    void makesEverybodyAnOperatorCalledLocal() throws Exception {
        try (var somebody = process.visitor("10.0.0.1")) {
            assertThat(somebody.get("/queues").body()).contains("<h1>Queues</h1>").doesNotContain("Sign out");
            assertThat(somebody.get("/login").statusCode()).isEqualTo(302);
            assertThat(somebody.get("/api/version").statusCode()).isEqualTo(200);
            assertThat(somebody.change("DELETE", "/api/recurring-jobs/none").statusCode()).isEqualTo(404);
        }
        assertThat(process.bean(OperatorActions.class).newest(null, 1)).singleElement().satisfies(row -> {
            assertThat(row.who()).isEqualTo("local");
            assertThat(row.role()).isEqualTo("operator");
            assertThat(row.cameFrom()).as("no proxy is trusted").isEqualTo("127.0.0.1");
        });
    }

    @Test
    void answersUnderThisMachinesNamesOnly() throws Exception {
        assertThat(statusForHost("localhost:8000")).contains("200");
        assertThat(statusForHost("127.0.0.1:" + process.port())).contains("200");
        assertThat(statusForHost("rebound.example")).contains("403");
        assertThat(statusForHost("127.0.0.1.evil.example")).contains("403");
    }

    @Test
    void refusesChangesOfOtherSitesPages() throws Exception {
        try (var somebody = process.visitor("10.0.0.1")) {
            var answer = somebody.send(
                    somebody.request("/api/recurring-jobs/none").header("Sec-Fetch-Site", "cross-site").DELETE());

            assertThat(answer.statusCode()).isEqualTo(403);
        }
    }

    @Test
    void answersAQueryThatIsNoneAsABadOne() throws Exception {
        assertThat(status("/api/version?state=%zz", "localhost")).contains("400");
        assertThat(status("/api/version?state=%20", "localhost")).contains("200");
    }

    private static String statusForHost(String host) throws Exception {
        return status("/api/version", host);
    }

    private static String status(String path, String host) throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), process.port())) {
            var request = "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
        }
    }
}
