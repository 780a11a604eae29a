package io.millrace.dashboard.jobrunr;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

import org.jobrunr.jobs.mappers.JobMapper;
import org.jobrunr.storage.InMemoryStorageProvider;
import org.jobrunr.storage.StorageProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class LoopbackServerTest {

    private final StorageProvider storage = new InMemoryStorageProvider();
    private final HttpClient http = HttpClient.newHttpClient();
    private final LoopbackServer server = new LoopbackServer(storage);

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
    void isReachedOnTheLoopbackInterfaceOnly() throws Exception {
        assertThat(InetAddress.getByName(server.address().getHost()).isLoopbackAddress()).isTrue();
        for (InetAddress other : otherAddresses()) {
            try (var socket = new Socket()) {
                assertThatExceptionOfType(IOException.class).as("on %s", other).isThrownBy(
                        () -> socket.connect(new InetSocketAddress(other, server.address().getPort()), 2_000));
            }
        }
    }

    @Test
    void answersNobodyWithoutTheKey() throws Exception {
        for (String path : List.of("/dashboard", "/api/version", "/sse/jobstats")) {
            assertThat(send(request(path)).statusCode()).as(path).isEqualTo(403);
            assertThat(send(request(path).header(ProxyKey.HEADER, "0".repeat(64))).statusCode()).as(path)
                    .isEqualTo(403);
        }
        var answer = send(withKey("/api/version"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"allowAnonymousDataUsage\":false");
        assertThat(new LoopbackServer(storage).key()).as("another start").isNotEqualTo(server.key());
        assertThat(server.key().toString()).doesNotContain(server.key().value());
    }

    @Test
    void answersItsOwnFailuresWithoutAStackTrace() throws Exception {
        var answer = send(withKey("/api/jobs/not-an-id"));

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).isEqualTo("The dashboard could not answer; its log may say why.\n");
    }

    @Test
    void isThereOnlyWhileItRuns() throws Exception {
        var address = server.address();
        server.stop();

        assertThat(server.isRunning()).isFalse();
        assertThatExceptionOfType(IOException.class).isThrownBy(server::address);
        assertThatExceptionOfType(ConnectException.class).isThrownBy(
                () -> http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.discarding()));
    }

    private static List<InetAddress> otherAddresses() throws IOException {
        return NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress()).toList();
    }

    private HttpRequest.Builder withKey(String path) throws IOException {
        return request(path).header(ProxyKey.HEADER, server.key().value());
    }

    private HttpRequest.Builder request(String path) throws IOException {
        return HttpRequest.newBuilder(URI.create(server.address() + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
