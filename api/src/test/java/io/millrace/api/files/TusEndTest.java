package io.millrace.api.files;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Uploads that end before they are files. */
class TusEndTest {

    private static final byte[] NOTHING = new byte[0];

    @BeforeEach
    void startFromNothing() {
        FilesApi.forgetEverything();
    }

    @Test
    void endsWhenItsClientSaysSo() {
        String upload = TusUploads.begin(8);
        TusUploads.patch(upload, 0, new byte[4]);

        assertThat(TusUploads.send("DELETE", upload, NOTHING).status()).isEqualTo(204);

        assertThat(TusUploads.head(upload).status()).isEqualTo(404);
        assertThat(TusUploads.patch(upload, 4, new byte[4]).status()).isEqualTo(404);
        assertThat(TusUploads.send("DELETE", upload, NOTHING).status()).isEqualTo(404);
        assertThat(FilesApi.rows()).isZero();
        assertThat(FilesApi.chunks()).isZero();
    }

    @Test
    void isGoneOnceItHasExpiredAndThenSwept() {
        var database = FilesApi.API.bean(JdbcClient.class);
        String upload = TusUploads.begin(8);
        TusUploads.patch(upload, 0, new byte[4]);

        database.sql("update resumable_uploads set expires_at = now() - interval '1 second'").update();

        assertThat(TusUploads.head(upload).status()).isIn(410, 404);
        assertThat(TusUploads.patch(upload, 4, new byte[4]).status()).isIn(410, 404);
        await().untilAsserted(() -> assertThat(FilesApi.rows()).isZero());
        assertThat(FilesApi.chunks()).isZero();
    }

    @Test
    void saysItsVersionWithEveryRefusal() {
        assertThat(TusUploads.head("/files/tus/none").header("Tus-Resumable")).isEqualTo("1.0.0");
        assertThat(TusUploads.send("PUT", "/files/tus", NOTHING).header("Tus-Resumable")).isEqualTo("1.0.0");
    }
}
