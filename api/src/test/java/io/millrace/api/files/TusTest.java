package io.millrace.api.files;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.millrace.api.ApiUnderTest.Answer;
import io.millrace.jobs.JobQueue;
import io.millrace.jobs.JobStatus;

import static org.assertj.core.api.Assertions.assertThat;

/** The tus protocol, rule by rule. */
class TusTest {

    private static final byte[] CSV = "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8);
    private static final byte[] NOTHING = new byte[0];

    @BeforeEach
    void startFromNothing() {
        FilesApi.forgetEverything();
    }

    @Test
    void saysWhatItSpeaksToWhoeverAsksInWhateverVersion() {
        Answer answer = TusUploads.send("OPTIONS", "/files/tus", NOTHING, "Tus-Resumable", "");

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.header("Tus-Version")).isEqualTo("1.0.0");
        assertThat(answer.header("Tus-Extension").split(",")).contains("creation", "checksum", "termination",
                "expiration");
        assertThat(answer.header("Tus-Max-Size")).isEqualTo("" + FilesApi.MAX_BYTES);
        assertThat(answer.header("Tus-Checksum-Algorithm").split(",")).contains("sha1", "sha256", "md5");
        assertThat(answer.header("Tus-Resumable")).isEqualTo("1.0.0");
    }

    @Test
    void makesAFileAndItsJobOfWhatComesInParts() {
        Answer created = TusUploads.create("?process=profile-file", "Upload-Length", "8", "Upload-Metadata",
                "filename " + base64("zahlen.csv") + ",filetype " + base64("text/csv") + ",relativePath");
        String upload = created.header("Location");
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.header("Tus-Resumable")).isEqualTo("1.0.0");
        assertThat(upload).startsWith("/files/tus/");

        Answer first = TusUploads.patch(upload, 0, "a,b\n".getBytes(StandardCharsets.UTF_8));
        assertThat(first.status()).isEqualTo(204);
        assertThat(first.header("Upload-Offset")).isEqualTo("4");
        assertThat(first.header("Millrace-File")).isEmpty();
        assertThat(FilesApi.jobs()).isZero();
        Answer last = TusUploads.patch(upload, 4, "1,2\n".getBytes(StandardCharsets.UTF_8));

        assertThat(last.status()).isEqualTo(204);
        assertThat(last.header("Upload-Offset")).isEqualTo("8");
        var file = FilesApi.API.get(last.header("Millrace-File")).json();
        assertThat(file.path("name").asString()).isEqualTo("zahlen.csv");
        assertThat(file.path("contentType").asString()).isEqualTo("text/csv");
        assertThat(file.path("sha256").asString()).isEqualTo(sha256(CSV));
        assertThat(FilesApi.download(last.header("Millrace-File") + "/content").body()).isEqualTo(CSV);
        String job = last.header("Millrace-Job");
        assertThat(FilesApi.API.bean(JobQueue.class).find(UUID.fromString(job.substring("/jobs/".length()))))
                .get().returns("profile-file", JobStatus::type);
        Answer after = TusUploads.head(upload);
        assertThat(after.header("Millrace-File")).isEqualTo(last.header("Millrace-File"));
        assertThat(after.header("Millrace-Job")).isEqualTo(job);
        assertThat(TusUploads.patch(upload, 8, NOTHING).header("Millrace-Job")).isEqualTo(job);
    }

    @Test
    void tellsHowFarItHasComeAndWhatWasSaidOfIt() {
        String metadata = "filename " + base64("a.csv") + ",is_confidential";
        String upload = TusUploads.begin(8, "Upload-Metadata", metadata);

        Answer answer = TusUploads.head(upload);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Upload-Offset")).isEqualTo("0");
        assertThat(answer.header("Upload-Length")).isEqualTo("8");
        assertThat(answer.header("Upload-Metadata")).isEqualTo(metadata);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(expires(answer)).isBetween(Instant.now().plus(Duration.ofHours(23)),
                Instant.now().plus(Duration.ofHours(25)));
    }

    @Test
    void takesTheFirstPartOrAllWithTheCreation() {
        Answer half = TusUploads.send("POST", "/files/tus", "a,b\n".getBytes(StandardCharsets.UTF_8), "Upload-Length",
                "8", "Content-Type", TusUploads.BYTES);
        Answer all = TusUploads.send("POST", "/files/tus", CSV, "Upload-Length", "8", "Content-Type",
                TusUploads.BYTES);

        assertThat(half.status()).isEqualTo(201);
        assertThat(half.header("Upload-Offset")).isEqualTo("4");
        assertThat(TusUploads.offset(half.header("Location"))).isEqualTo(4);
        assertThat(all.header("Upload-Offset")).isEqualTo("8");
        assertThat(FilesApi.API.get(all.header("Millrace-File")).status()).isEqualTo(200);
    }

    @Test
    void makesAnEmptyFileAtOnce() {
        Answer created = TusUploads.create("", "Upload-Length", "0");

        assertThat(created.status()).isEqualTo(201);
        assertThat(FilesApi.API.get(created.header("Millrace-File")).json().path("size").asInt(-1)).isZero();
        assertThat(TusUploads.offset(created.header("Location"))).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0.2.2", "1.0"})
    void asksForTheVersionThatItSpeaks(String version) {
        String upload = TusUploads.begin(8);
        String[] header = {"Tus-Resumable", version};

        assertThat(TusUploads.create("", "Tus-Resumable", version, "Upload-Length", "8").status()).isEqualTo(412);
        assertThat(TusUploads.head(upload, header).status()).isEqualTo(412);
        assertThat(TusUploads.send("DELETE", upload, NOTHING, header).status()).isEqualTo(412);
        Answer answer = TusUploads.patch(upload, 0, CSV, header);
        assertThat(answer.status()).isEqualTo(412);
        assertThat(answer.header("Tus-Version")).isEqualTo("1.0.0");
        assertThat(answer.json().path("type").asString()).isEqualTo("/problems/tus-version");
        assertThat(TusUploads.offset(upload)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 5, 8})
    void goesOnWhereItEndedOnly(int offset) {
        String upload = TusUploads.begin(8);
        TusUploads.patch(upload, 0, "a,b\n".getBytes(StandardCharsets.UTF_8));

        Answer answer = TusUploads.patch(upload, offset, CSV);

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().path("type").asString()).isEqualTo("/problems/upload-offset");
        assertThat(answer.body()).contains("must be 4");
        assertThat(TusUploads.offset(upload)).isEqualTo(4);
    }

    @Test
    void takesTheMethodFromItsHeaderForClientsThatHaveNoOther() {
        String upload = TusUploads.begin(8);

        assertThat(TusUploads.send("POST", upload, CSV, "X-HTTP-Method-Override", "PATCH", "Content-Type",
                TusUploads.BYTES, "Upload-Offset", "0").status()).isEqualTo(204);
        assertThat(TusUploads.send("POST", upload, NOTHING, "X-HTTP-Method-Override", "DELETE").status())
                .isEqualTo(204);
        assertThat(FilesApi.rows()).isZero();
    }

    @Test
    void leavesTheFileToWhoDeletesFiles() {
        Answer created = TusUploads.create("", "Upload-Length", "0");

        assertThat(FilesApi.API.delete(created.header("Millrace-File")).status()).isEqualTo(204);

        assertThat(TusUploads.head(created.header("Location")).status()).isEqualTo(404);
        assertThat(FilesApi.rows()).isZero();
    }

    private static Instant expires(Answer answer) {
        return ZonedDateTime.parse(answer.header("Upload-Expires"), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
