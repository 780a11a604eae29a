package io.millrace.api.export;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.millrace.api.ApiUnderTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ExtendWith(OutputCaptureExtension.class)
final class BrokenExportTest {

    private static final String LAST_CHUNK = "\r\n0\r\n\r\n";

    @SuppressWarnings("NullAway.Init")
    private static ApiUnderTest api;

    /** Some 15 MB: more than the buffers of a connection swallow. */
    @BeforeAll
    static void start() {
        api = ApiUnderTest.start("millrace.api.export.at-once=2", "millrace.api.export.pool.maximum-pool-size=2",
                "server.tomcat.connection-timeout=3s");
        api.bean(JdbcClient.class).sql("""
                                       insert into users (id, email, full_name, created_at)
                                       select gen_random_uuid(), 'user' || i || '@example.com', 'User ' || i, now()
                                       from generate_series(1, 100000) i
                                       """).update();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/x-ndjson", "text/csv"})
    void endsAWholeExportWithTheLastChunk(String type) throws IOException {
        try (Socket client = export(type, "identity")) {
            assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .endsWith(LAST_CHUNK);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/x-ndjson", "text/csv"})
    void cutsTheConnectionWhereTheDatabaseFailsHalfWay(String type) throws IOException {
        try (Socket client = export(type, "identity")) {
            InputStream answer = client.getInputStream();
            String begun = new String(answer.readNBytes(100_000), StandardCharsets.UTF_8);
            assertThat(begun).startsWith("HTTP/1.1 200");

            api.bean(JdbcClient.class).sql("alter table users rename to users_elsewhere").update();
            try {
                String rest = new String(answer.readAllBytes(), StandardCharsets.UTF_8);
                assertThat(rest).doesNotEndWith(LAST_CHUNK).doesNotContain("]\n");
            } finally {
                api.bean(JdbcClient.class).sql("alter table users_elsewhere rename to users").update();
            }
        }
        assertThat(api.get("/export/users", "Accept", "text/csv").body().lines()).hasSize(100_001);
    }

    @Test
    void cutsTheConnectionOfAnExportWhoseDatabaseConnectionsDie() throws IOException {
        try (Socket client = export("application/x-ndjson", "identity")) {
            InputStream answer = client.getInputStream();
            String begun = new String(answer.readNBytes(100_000), StandardCharsets.UTF_8);
            await("the server to wait for the client").untilAsserted(() -> assertThat(connectionsInUse()).isZero());

            // What is lost while idle is replaced by the pool; what is lost in a statement is told to the client.
            api.bean(JdbcClient.class).sql("""
                                           select count(pg_terminate_backend(pid)) from pg_stat_activity
                                           where datname = current_database() and pid <> pg_backend_pid()
                                           """).query(Integer.class).single();
            String whole = begun + new String(answer.readAllBytes(), StandardCharsets.UTF_8);

            long users = whole.lines().filter(line -> line.startsWith("{")).count();
            assertThat(whole.endsWith(LAST_CHUNK)).as("complete, with %s users", users).isEqualTo(users == 100_000);
        }
        assertThat(api.get("/export/users", "Accept", "text/csv").body().lines()).hasSize(100_001);
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "zstd", "br", "gzip"})
    void freesEverythingWithinASecondAfterAClientWentAway(String coding, CapturedOutput output) throws IOException {
        try (Socket client = export("application/json", coding)) {
            assertThat(client.getInputStream().readNBytes(1_000)).hasSize(1_000);
        }

        await().atMost(Duration.ofSeconds(1)).untilAsserted(() -> assertThat(connectionsInUse()).isZero());
        await().atMost(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(api.bean(ExportController.class).underWay()).isZero());
        assertThat(output).doesNotContain("ERROR").doesNotContain("WARN");
    }

    @Test
    void holdsNoConnectionForAClientThatDoesNotRead() throws IOException {
        try (Socket stalled = export("application/x-ndjson", "identity")) {
            assertThat(stalled.getInputStream().readNBytes(1_000)).hasSize(1_000);
            await().atMost(Duration.ofSeconds(2)).untilAsserted(() -> assertThat(connectionsInUse()).isZero());
            assertThat(api.bean(ExportController.class).underWay()).isOne();

            assertThat(api.get("/export/users", "Accept", "text/csv").body().lines()).hasSize(100_001);
            await("the write time-out").atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(api.bean(ExportController.class).underWay()).isZero());
        }
    }

    @Test
    void refusesMoreThanSoManyAtOnce() throws IOException {
        try (Socket first = export("text/csv", "identity"); Socket second = export("text/csv", "identity")) {
            assertThat(first.getInputStream().readNBytes(1_000)).hasSize(1_000);
            assertThat(second.getInputStream().readNBytes(1_000)).hasSize(1_000);

            var refused = api.get("/export/users");

            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("Retry-After")).isEqualTo("10");
            assertThat(refused.json().path("type").asString()).isEqualTo("/problems/unavailable");
        }
        await().untilAsserted(() -> assertThat(api.get("/export/users").status()).isEqualTo(200));
    }

    private static Socket export(String type, String coding) throws IOException {
        var client = new Socket();
        client.setReceiveBufferSize(64 * 1024);
        client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), api.port()));
        client.getOutputStream()
                .write(("GET /export/users HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nAccept: " + type
                        + "\r\nAccept-Encoding: " + coding + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        return client;
    }

    private static int connectionsInUse() {
        return ((HikariDataSource) api.bean("exportsDataSource")).getHikariPoolMXBean().getActiveConnections();
    }
}
