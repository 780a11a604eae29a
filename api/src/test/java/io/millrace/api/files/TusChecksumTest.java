package io.millrace.api.files;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.millrace.api.ApiUnderTest.Answer;

import static org.assertj.core.api.Assertions.assertThat;

/** Uploads whose parts say what they are. */
class TusChecksumTest {

    private static final byte[] CSV = "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8);

    @BeforeEach
    void startFromNothing() {
        FilesApi.forgetEverything();
    }

    @ParameterizedTest
    @CsvSource({"sha1,SHA-1", "sha256,SHA-256", "sha512,SHA-512", "md5,MD5"})
    void holdsABodyAgainstItsChecksum(String name, String algorithm) throws Exception {
        String upload = TusUploads.begin(8);
        byte[] half = "a,b\n".getBytes(StandardCharsets.UTF_8);
        String right = name + " "
                + Base64.getEncoder().encodeToString(MessageDigest.getInstance(algorithm).digest(half));

        Answer wrong = TusUploads.patch(upload, 0, "a;b\n".getBytes(StandardCharsets.UTF_8), "Upload-Checksum", right);
        assertThat(wrong.status()).isEqualTo(460);
        assertThat(wrong.json().path("type").asString()).isEqualTo("/problems/checksum-mismatch");
        assertThat(TusUploads.offset(upload)).isZero();
        assertThat(TusUploads.patch(upload, 0, half, "Upload-Checksum", right).status()).isEqualTo(204);
        Answer last = TusUploads.patch(upload, 4, "1,2\n".getBytes(StandardCharsets.UTF_8));

        assertThat(FilesApi.download(last.header("Millrace-File") + "/content").body()).isEqualTo(CSV);
    }

    @ParameterizedTest
    @ValueSource(strings = {"crc99 AAAA", "sha1", "sha1 !!", "sha1 AAAA", "md5 AAAA AAAA"})
    void refusesAChecksumItCannotTell(String checksum) {
        Answer answer = TusUploads.patch(TusUploads.begin(8), 0, CSV, "Upload-Checksum", checksum);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorFields()).containsExactly("Upload-Checksum");
    }

    @Test
    void keepsNothingOfACreationWhoseFirstPartDoesNotHaveItsChecksum() {
        Answer answer = TusUploads.send("POST", "/files/tus", CSV, "Upload-Length", "8", "Content-Type",
                TusUploads.BYTES, "Upload-Checksum", "md5 AAAAAAAAAAAAAAAAAAAAAA==");

        assertThat(answer.status()).isEqualTo(460);
        assertThat(FilesApi.rows()).isZero();
    }
}
