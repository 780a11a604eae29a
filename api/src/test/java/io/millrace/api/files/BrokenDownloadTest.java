package io.millrace.api.files;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ExtendWith(OutputCaptureExtension.class)
class BrokenDownloadTest {

    private static final String FILE = "/files/00000000-0000-0000-0000-000000000001";

    @BeforeEach
    void startFromNothing() {
        FilesApi.forgetEverything();
    }

    @Test
    void letsGoOfADownloadWhoseClientGoesAway(CapturedOutput output) throws IOException {
        // More than the buffers of a connection swallow.
        store(32 * 1024 * 1024);
        long before = downloads();
        try (Socket client = FilesApi.connection()) {
            send(client, "GET " + FILE + "/content HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(client.getInputStream().readNBytes(1000)).hasSize(1000);
            await("the server to wait for the client").untilAsserted(() -> assertThat(connectionsInUse()).isZero());
            assertThat(downloads()).isEqualTo(before);
        }

        await().untilAsserted(() -> assertThat(downloads()).isEqualTo(before + 1));
        await().untilAsserted(() -> assertThat(connectionsInUse()).isZero());
        assertThat(output).doesNotContain("ERROR").doesNotContain("WARN");
    }

    @Test
    void cutsTheConnectionWhereTheContentCannotGoOn() throws IOException {
        store(2 * 1024 * 1024);
        FilesApi.API.bean(JdbcClient.class).sql("delete from file_chunks where seq > 4").update();
        try (Socket client = FilesApi.connection()) {
            send(client, "GET " + FILE + "/content HTTP/1.1\r\nHost: localhost\r\n\r\n"
                    + "GET " + FILE + " HTTP/1.1\r\nHost: localhost\r\n\r\n");

            String everything = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(everything).startsWith("HTTP/1.1 200");
            assertThat(everything.lastIndexOf("HTTP/1.1")).as("start of the last answer on the connection").isZero();
        }
    }

    private static void store(int bytes) {
        JdbcClient database = FilesApi.API.bean(JdbcClient.class);
        database.sql("""
                     insert into files (id, state, name, size, sha256)
                     values ('00000000-0000-0000-0000-000000000001', 'READY', 'large.bin', :size, repeat('0', 64))
                     """).param("size", bytes).update();
        database.sql("""
                     insert into file_chunks (file_id, seq, bytes)
                     select '00000000-0000-0000-0000-000000000001', seq, decode(repeat('00', 262144), 'hex')
                     from generate_series(0, :last) seq
                     """).param("last", bytes / 262144 - 1).update();
    }

    private static void send(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        client.getOutputStream().flush();
    }

    /** How many ended, one way or the other. */
    private static long downloads() {
        return FilesApi.API.management("/actuator/prometheus").body().lines()
                .filter(line -> line.startsWith("http_server_requests_seconds_count")
                        && line.contains("uri=\"/files/{id}/content\""))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))).sum();
    }

    private static int connectionsInUse() {
        return FilesApi.API.bean(HikariDataSource.class).getHikariPoolMXBean().getActiveConnections();
    }
}
