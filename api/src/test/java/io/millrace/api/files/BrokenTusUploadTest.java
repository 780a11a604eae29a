package io.millrace.api.files;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.millrace.api.ApiUnderTest.Answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Connections that are cut, or hang, in the midst of a PATCH. */
class BrokenTusUploadTest {

    private static final int SENT = 700_000;
    private static final byte[] CONTENT = new byte[1_000_000];
    static {
        new Random(7).nextBytes(CONTENT);
    }

    @BeforeEach
    void startFromNothing() {
        FilesApi.forgetEverything();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 1000000", "Transfer-Encoding: chunked"})
    void keepsEveryByteThatCameBeforeTheCut(String length) throws IOException {
        String upload = TusUploads.begin(CONTENT.length);

        try (Socket client = sendingSome(upload, length)) {
            assertThat(client.isConnected()).isTrue();
            await().untilAsserted(() -> assertThat(TusUploads.offset(upload)).isPositive());
        }

        await().untilAsserted(() -> assertThat(TusUploads.offset(upload)).isEqualTo(SENT));
        assertCompletes(upload, SENT);
    }

    @Test
    void keepsTheWholePiecesOfAConnectionThatIsReset() throws IOException {
        String upload = TusUploads.begin(CONTENT.length);

        try (Socket client = sendingSome(upload, "Content-Length: 1000000")) {
            await().untilAsserted(() -> assertThat(TusUploads.offset(upload)).isEqualTo(512 * 1024));
            client.setSoLinger(true, 0);
        }

        assertThat(TusUploads.offset(upload)).isGreaterThanOrEqualTo(512 * 1024);
    }

    @Test
    void keepsNothingBeforeTheCutOfWhatHasAChecksum() throws IOException {
        String upload = TusUploads.begin(CONTENT.length);

        try (Socket client = sendingSome(upload,
                "Upload-Checksum: md5 AAAAAAAAAAAAAAAAAAAAAA==\r\nContent-Length: 1000000")) {
            await().untilAsserted(() -> assertThat(FilesApi.chunks()).isEqualTo(2));
            client.shutdownOutput();
            assertThat(answer(client)).startsWith("HTTP/1.1 400");
        }

        assertThat(TusUploads.offset(upload)).isZero();
        assertCompletes(upload, 0);
    }

    @Test
    void letsAClientGoOnWhoseFirstConnectionStillHangs() throws IOException {
        String upload = TusUploads.begin(CONTENT.length);

        try (Socket client = sendingSome(upload, "Content-Length: 1000000")) {
            await().untilAsserted(() -> assertThat(TusUploads.offset(upload)).isEqualTo(512 * 1024));

            assertCompletes(upload, 512 * 1024);

            client.getOutputStream().write(CONTENT, SENT, CONTENT.length - SENT);
            assertThat(answer(client)).startsWith("HTTP/1.1 423").contains("/problems/upload-busy");
        }
    }

    @Test
    void keepsWhatCameOfAClientThatStandsStill() throws IOException {
        String upload = TusUploads.begin(CONTENT.length);

        try (Socket client = sendingSome(upload, "Content-Length: 1000000")) {
            assertThat(answer(client)).startsWith("HTTP/1.1 408").contains("application/problem+json");
        }

        assertThat(TusUploads.offset(upload)).isEqualTo(SENT);
    }

    @Test
    void asksForNoBodyThatItWouldRefuse() throws IOException {
        String upload = TusUploads.begin(CONTENT.length);

        try (Socket client = FilesApi.connection()) {
            send(client, head(upload, 5, "Content-Length: 1000\r\nExpect: 100-continue"));

            assertThat(answer(client)).startsWith("HTTP/1.1 409");
        }
    }

    private static void assertCompletes(String upload, int offset) {
        Answer last = TusUploads.patch(upload, offset, Arrays.copyOfRange(CONTENT, offset, CONTENT.length));

        assertThat(last.status()).as(last.body()).isEqualTo(204);
        assertThat(FilesApi.download(last.header("Millrace-File") + "/content").body()).isEqualTo(CONTENT);
    }

    private static Socket sendingSome(String upload, String headers) throws IOException {
        Socket client = FilesApi.connection();
        send(client, head(upload, 0, headers));
        if (headers.startsWith("T")) {
            send(client, Integer.toHexString(CONTENT.length) + "\r\n");
        }
        client.getOutputStream().write(CONTENT, 0, SENT);
        client.getOutputStream().flush();
        return client;
    }

    private static String head(String upload, int offset, String headers) {
        return "PATCH " + upload + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nTus-Resumable: 1.0.0\r\n"
                + "Content-Type: application/offset+octet-stream\r\nUpload-Offset: " + offset + "\r\n" + headers
                + "\r\n\r\n";
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
}
