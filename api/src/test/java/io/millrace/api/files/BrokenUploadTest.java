package io.millrace.api.files;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class BrokenUploadTest {

    private static final String RAW = "Content-Disposition: attachment; filename=half.bin\r\n";
    private static final byte[] SOME = new byte[700_000];

    @BeforeEach
    void startFromNothing() {
        FilesApi.forgetEverything();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 1000000", "Transfer-Encoding: chunked"})
    void keepsNothingOfAClientThatGoesAwayHalfWay(String length) throws IOException {
        try (Socket client = FilesApi.connection()) {
            send(client,
                    "POST /files?process=profile-file HTTP/1.1\r\nHost: localhost\r\n" + RAW + length + "\r\n\r\n");
            sendHalf(client, length.startsWith("T"));
            awaitPartlyStored();
        }

        await().untilAsserted(BrokenUploadTest::assertNothingKept);
    }

    @Test
    void keepsNothingOfAConnectionThatIsReset() throws IOException {
        try (Socket client = FilesApi.connection()) {
            send(client, "POST /files?process=profile-file HTTP/1.1\r\nHost: localhost\r\n" + RAW
                    + "Content-Length: 1000000\r\n\r\n");
            sendHalf(client, false);
            awaitPartlyStored();
            client.setSoLinger(true, 0);
        }

        await().untilAsserted(BrokenUploadTest::assertNothingKept);
    }

    @Test
    void keepsNothingOfAMultipartClientThatGoesAwayHalfWay() throws IOException {
        try (Socket client = FilesApi.connection()) {
            send(client, """
                         POST /files?process=profile-file HTTP/1.1\r
                         Host: localhost\r
                         Content-Type: multipart/form-data; boundary=parts\r
                         Content-Length: 1000000\r
                         \r
                         --parts\r
                         Content-Disposition: form-data; name="file"; filename="half.bin"\r
                         \r
                         """);
            sendHalf(client, false);
            awaitPartlyStored();
        }

        await().untilAsserted(BrokenUploadTest::assertNothingKept);
    }

    @Test
    void sweepsWhatAProcessLeftThatWasKilledHalfWay() {
        JdbcClient database = FilesApi.API.bean(JdbcClient.class);
        database.sql("""
                     with killed as (
                         insert into files (id, state, name, touched_at)
                         values (gen_random_uuid(), 'UPLOADING', 'half.bin', now() - interval '61 minutes')
                         returning id
                     ), chunk as (
                         insert into file_chunks (file_id, seq, bytes) select id, 0, 'half'::bytea from killed
                     )
                     insert into files (id, state, name) values (gen_random_uuid(), 'UPLOADING', 'moving.bin')
                     """).update();

        await().untilAsserted(() -> assertThat(FilesApi.rows()).isOne());
        assertThat(database.sql("select name from files").query(String.class).single()).isEqualTo("moving.bin");
        assertThat(FilesApi.chunks()).isZero();
    }

    @Test
    void tellsAClientWhoseBodyEndsTooEarly() throws IOException {
        try (Socket client = FilesApi.connection()) {
            send(client, "POST /files HTTP/1.1\r\nHost: localhost\r\n" + RAW
                    + "Content-Length: 1000000\r\n\r\nfar too little");
            client.shutdownOutput();

            assertThat(answer(client)).startsWith("HTTP/1.1 400");
        }
        assertNothingKept();
    }

    @Test
    void losesPatienceWithAClientThatStandsStill() throws IOException {
        try (Socket client = FilesApi.connection()) {
            send(client, "POST /files HTTP/1.1\r\nHost: localhost\r\n" + RAW + "Content-Length: 1000000\r\n\r\n");
            sendHalf(client, false);

            assertThat(answer(client)).startsWith("HTTP/1.1 408").contains("application/problem+json");
        }
        assertNothingKept();
    }

    @Test
    void refusesBrokenChunks() throws IOException {
        try (Socket client = FilesApi.connection()) {
            send(client, "POST /files HTTP/1.1\r\nHost: localhost\r\n" + RAW
                    + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nnot hex\r\n");

            assertThat(answer(client)).startsWith("HTTP/1.1 400").doesNotContain("Exception");
        }
        assertNothingKept();
    }

    @Test
    void asksForNoBodyThatItWouldRefuse() throws IOException {
        try (Socket client = FilesApi.connection()) {
            send(client, "POST /files HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n" + RAW
                    + "Content-Length: 99999999999\r\n\r\n");

            assertThat(answer(client)).startsWith("HTTP/1.1 413").contains("/problems/too-large");
        }
    }

    @Test
    void serves20ClientsThatAreAllSlowWithFewerConnectionsToTheDatabase() throws IOException {
        var clients = new Socket[20];
        for (int i = 0; i < clients.length; i++) {
            clients[i] = FilesApi.connection();
            send(clients[i], "POST /files HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + RAW
                    + "Content-Length: 700000\r\n\r\n");
            clients[i].getOutputStream().write(SOME, 0, 300_000);
        }
        await().untilAsserted(() -> assertThat(FilesApi.chunks()).isEqualTo(clients.length));
        assertThat(FilesApi.API.get("/files/00000000-0000-0000-0000-000000000000").status()).isEqualTo(404);
        for (Socket client : clients) {
            client.getOutputStream().write(SOME, 300_000, 400_000);
        }
        for (Socket client : clients) {
            assertThat(answer(client)).startsWith("HTTP/1.1 201");
            client.close();
        }
    }

    private static void sendHalf(Socket client, boolean chunked) throws IOException {
        if (chunked) {
            send(client, Integer.toHexString(SOME.length) + "\r\n");
        }
        client.getOutputStream().write(SOME);
        client.getOutputStream().flush();
    }

    private static void send(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        client.getOutputStream().flush();
    }

    private static String answer(Socket client) throws IOException {
        try (InputStream in = client.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void awaitPartlyStored() {
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(FilesApi.chunks()).isPositive());
    }

    private static void assertNothingKept() {
        assertThat(FilesApi.rows()).isZero();
        assertThat(FilesApi.chunks()).isZero();
        assertThat(FilesApi.jobs()).isZero();
    }
}
