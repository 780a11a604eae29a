package io.millrace.api.files;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.millrace.api.ApiUnderTest;
import io.millrace.api.ApiUnderTest.Answer;
import io.millrace.testkit.S3Server;
import io.millrace.testkit.TestClamd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Uploads that resume, into S3, with a quota and a virus scanner. */
class TusOnS3Test {

    private static final int PIECE = 8 * 1024 * 1024;
    private static final int QUOTA = 20 * 1024 * 1024;
    private static final S3Server S3 = S3Server.start();

    @SuppressWarnings("NullAway.Init")
    private static TestClamd clamd;
    @SuppressWarnings("NullAway.Init")
    private static ApiUnderTest api;

    @BeforeAll
    static void start() throws IOException {
        clamd = TestClamd.start(QUOTA);
        api = ApiUnderTest.start("millrace.files.store=s3", "millrace.files.s3.endpoint=" + S3.endpoint(),
                "millrace.files.s3.bucket=" + S3Server.BUCKET, "millrace.files.s3.access-key=" + S3Server.ACCESS_KEY,
                "millrace.files.s3.secret-key=" + S3Server.SECRET_KEY, "millrace.files.s3.path-style=true",
                "millrace.files.s3.transfers=1", "millrace.files.s3.transfer-wait=300ms",
                "millrace.files.quota.per-key=" + QUOTA + "B", "millrace.files.antivirus.host=127.0.0.1",
                "millrace.files.antivirus.port=" + clamd.port());
    }

    @AfterAll
    static void stop() throws IOException {
        api.close();
        clamd.close();
        S3.close();
    }

    @BeforeEach
    void startFromNothing() {
        var database = api.bean(JdbcClient.class);
        for (String file : database.sql("select id from files").query(String.class).list()) {
            api.delete("/files/" + file);
            api.delete("/files/tus/" + file, "Tus-Resumable", "1.0.0");
        }
        assertThat(S3.objects()).isZero();
    }

    @Test
    void areFilesOfSeveralObjectsWhereverTheirRequestsEnded() {
        String content = "0123456789abcdef".repeat(PIECE / 16) + "and more";
        String upload = begin(content.length());

        assertThat(patch(upload, 0, content.substring(0, 5_000_000)).header("Upload-Offset")).isEqualTo("5000000");
        assertThat(patch(upload, 5_000_000, content.substring(5_000_000, PIECE + 3)).header("Upload-Offset"))
                .isEqualTo("" + (PIECE + 3));
        Answer last = patch(upload, PIECE + 3, content.substring(PIECE + 3));

        assertThat(last.status()).as(last.body()).isEqualTo(204);
        assertThat(S3.objects()).isEqualTo(2);
        assertThat(api.get(last.header("Millrace-File") + "/content").body()).isEqualTo(content);
        assertThat(api.bean(JdbcClient.class).sql("select store from files").query(String.class).single())
                .isEqualTo("s3");
        assertThat(api.delete(last.header("Millrace-File")).status()).isEqualTo(204);
        assertThat(S3.objects()).isZero();
    }

    @Test
    void areRefusedFromTheirAnnouncementOnWhereTheQuotaIsUsedUp() {
        String first = begin(QUOTA - 10);

        Answer refused = create(11);

        assertThat(refused.status()).isEqualTo(413);
        assertThat(refused.json().path("type").asString()).isEqualTo("/problems/storage-quota-exceeded");
        assertThat(refused.json().path("used").asLong()).isEqualTo(QUOTA - 10);
        assertThat(refused.header("Location")).isEmpty();
        assertThat(api.delete(first, "Tus-Resumable", "1.0.0").status()).isEqualTo(204);
        assertThat(patch(begin(11), 0, "hello world").header("Millrace-File")).isNotEmpty();
    }

    @Test
    void leaveNothingWhereTheScannerFindsSomething() {
        String content = "clean so far, but " + TestClamd.BAD_WORD;
        String upload = begin(content.length());
        assertThat(patch(upload, 0, content.substring(0, 20)).status()).isEqualTo(204);

        Answer answer = patch(upload, 20, content.substring(20));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("type").asString()).isEqualTo("/problems/infected-file");
        assertThat(answer.body()).contains(TestClamd.SIGNATURE);
        assertThat(api.send("HEAD", upload, null, "Tus-Resumable", "1.0.0").status()).isEqualTo(404);
        assertThat(api.get("/files/" + upload.substring("/files/tus/".length())).status()).isEqualTo(404);
        assertThat(S3.objects()).isZero();
        assertThat(api.bean(JdbcClient.class).sql("select coalesce(sum(bytes), 0) from file_usage")
                .query(Long.class).single()).isZero();
    }

    /** A client that takes its time has the only place. */
    @Test
    void waitForAPlaceAndAreToldToComeBackWhereNoneBecomesFree() throws IOException {
        String slow = begin(10);
        String quick = begin(5);
        try (var client = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
            client.getOutputStream().write(("PATCH " + slow + " HTTP/1.1\r\nHost: 127.0.0.1\r\nTus-Resumable: 1.0.0\r\n"
                    + "Content-Type: " + TusUploads.BYTES + "\r\nUpload-Offset: 0\r\nContent-Length: 10\r\n\r\nhello")
                    .getBytes(StandardCharsets.US_ASCII));
            await().untilAsserted(() -> {
                Answer answer = patch(quick, 0, "");
                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.json().path("type").asString()).isEqualTo("/problems/unavailable");
                assertThat(answer.header("Retry-After")).isNotEmpty();
            });
        }

        await().untilAsserted(() -> assertThat(patch(quick, 0, "there").status()).isEqualTo(204));
        assertThat(api.get("/files/" + quick.substring("/files/tus/".length()) + "/content").body())
                .isEqualTo("there");
        assertThat(api.send("HEAD", slow, null, "Tus-Resumable", "1.0.0").header("Upload-Offset"))
                .as("what came of the slow one is kept").isEqualTo("5");
    }

    private static String begin(long length) {
        Answer answer = create(length);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.header("Location");
    }

    private static Answer create(long length) {
        return api.send("POST", "/files/tus?process=none", null, "Tus-Resumable", "1.0.0", "Upload-Length",
                Long.toString(length));
    }

    private static Answer patch(String upload, long offset, String body) {
        return api.patch(upload, body, "Tus-Resumable", "1.0.0", "Content-Type", TusUploads.BYTES, "Upload-Offset",
                Long.toString(offset));
    }
}
