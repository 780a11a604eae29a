package io.millrace.local;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.millrace.local.servers.DataFolder;

import static org.assertj.core.api.Assertions.assertThat;

/** The whole platform as one process: started, used, stopped and killed as people do. */
class LocalApplicationIT {

    @TempDir
    Path parent;

    private Path data;

    @BeforeEach
    void chooseAFolder() throws Exception {
        data = parent.toRealPath().resolve("my data");
    }

    @Test
    void printsThreeCommandsThatWorkAndLeavesNoProcessBehindAfterCtrlC() throws Exception {
        try (var local = LocalProcess.start(data).awaitReady()) {
            assertThat(local.commands()).hasSize(3);
            assertThat(bash(local.commands().get(0))).contains("\"welcomeJobId\"", "\"subject\"", "Ada Lovelace",
                    "\"html\":\"");
            assertThat(bash(local.commands().get(1))).contains("\"format\":\"csv\"", "\"rows\":2",
                    "\"name\":\"people\"");
            assertThat(bash(local.commands().get(2))).contains("\"type\":\"send-email\"");
            assertThat(messages(local, "grace@example.org")).contains("Hello from Millrace.");
            assertThat(get(local, "millrace.dashboard.port", "/api/version"))
                    .contains("\"allowAnonymousDataUsage\":false");
            assertThat(get(local, "millrace.dashboard.port", "/queues")).contains("<h1>Queues</h1>");
            assertThat(get(local, "millrace.local.dashboard-management-port", "/actuator/prometheus"))
                    .contains("pool=\"dashboard\"");
            assertThat(get(local, "management.server.port", "/actuator/health/readiness")).contains("UP");
            assertThat(local.servers()).hasSizeGreaterThanOrEqualTo(2);

            assertThat(local.interrupt()).isEqualTo(130);

            assertThat(local.servers()).isEmpty();
            assertThat(local.output()).doesNotContain("WARN", "ERROR", "Exception");
        }
    }

    @Test
    void runsAJobThatWasQueuedBeforeItWasKilled() throws Exception {
        try (var killed = LocalProcess.start(data).awaitReady()) {
            post(killed, "/jobs", """
                                  {"type": "send-email", "delay": "PT3S",
                                   "payload": {"to": "late@example.org", "subject": "Late", "text": "After all."}}
                                  """);
            killed.kill();
            assertThat(killed.servers()).as("what the next start must stop").isNotEmpty();

            try (var next = killed.startAgain().awaitReady()) {
                assertThat(messages(next, "late@example.org")).contains("After all.");
            }
        }
    }

    @Test
    void leavesNoProcessBehindWhenItIsStoppedWhilePostgresStarts() throws Exception {
        try (var local = LocalProcess.start(data).awaitPostgres()) {
            assertThat(local.terminate()).isEqualTo(143);

            assertThat(local.servers()).isEmpty();
        }
    }

    @Test
    void saysInOneSentenceWhyItDoesNotStart() throws Exception {
        var ports = new HashMap<>(LocalProcess.freePorts());
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ports.put("millrace.local.smtp-port", other.getLocalPort());
            assertThat(failure(LocalProcess.start(data, ports))).isEqualTo("Port " + other.getLocalPort()
                    + " is in use and the mail catcher needs it: stop what uses it, or set MILLRACE_LOCAL_SMTP_PORT"
                    + " (millrace.local.smtp-port) to another port.\n");
        }
    }

    @Test
    void refusesAFolderThatAnotherOneHolds() throws Exception {
        try (var holder = DataFolder.claim(data)) {
            assertThat(failure(LocalProcess.start(data))).isEqualTo("Another Millrace runs on the data folder "
                    + holder.path()
                    + ": stop it, or set MILLRACE_LOCAL_DATA (millrace.local.data) to another folder.\n");
        }
    }

    private static String failure(LocalProcess local) throws Exception {
        try (local) {
            assertThat(local.awaitEnd()).isEqualTo(1);
            return local.output();
        }
    }

    private static String bash(String command) throws Exception {
        var process = new ProcessBuilder("bash", "-c", command).redirectErrorStream(true).start();
        try (var output = process.getInputStream()) {
            var text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(text).isZero();
            return text;
        }
    }

    private static String messages(LocalProcess local, String to) throws Exception {
        return get(local, "millrace.local.mail-port", "/messages?wait=PT30S&to=" + to);
    }

    private static String get(LocalProcess local, String port, String path) throws Exception {
        return send(HttpRequest.newBuilder(address(local, port, path)));
    }

    private static void post(LocalProcess local, String path, String json) throws Exception {
        send(HttpRequest.newBuilder(address(local, "server.port", path)).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)));
    }

    private static String send(HttpRequest.Builder request) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(request.build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
            return answer.body();
        }
    }

    private static URI address(LocalProcess local, String port, String path) {
        return URI.create("http://127.0.0.1:" + local.port(port) + path);
    }
}
