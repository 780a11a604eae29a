package io.millrace.api.files;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.millrace.api.ApiUnderTest.Answer;

import static org.assertj.core.api.Assertions.assertThat;

/** Requests of tus that are not taken, and what they leave. */
class TusRefusalTest {

    private static final byte[] CSV = "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8);

    @BeforeEach
    void startFromNothing() {
        FilesApi.forgetEverything();
    }

    @ParameterizedTest
    @CsvSource({"Upload-Length,''", "Upload-Length,-1", "Upload-Length,1e3", "Upload-Metadata,filename !!",
            "Upload-Metadata,'filename YQ==,filename YQ=='", "Upload-Metadata,filename gICA",
            "Upload-Metadata,filetype YQ==", "Upload-Defer-Length,1"})
    void namesTheHeaderThatIsWrong(String header, String value) {
        Answer answer = header.equals("Upload-Length")
                ? TusUploads.create("", header, value)
                : TusUploads.create("", "Upload-Length", "8", header, value);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorFields()).containsExactly(header);
        assertThat(FilesApi.rows()).isZero();
    }

    @Test
    void refusesWhatIsAnnouncedToBeTooLarge() {
        Answer answer = TusUploads.create("", "Upload-Length", "" + (FilesApi.MAX_BYTES + 1));

        assertThat(answer.status()).isEqualTo(413);
        assertThat(FilesApi.rows()).isZero();
    }

    @Test
    void refusesAProcessThatThereIsNot() {
        assertThat(TusUploads.create("?process=resize", "Upload-Length", "8").errorFields())
                .containsExactly("process");
        assertThat(FilesApi.rows()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"?process=import-users&sendWelcome=true", "?process=import-users&sendWelcome=false",
            "?sendWelcome=", "?process=none&sendWelcome=true"})
    void saysHowUsersThatAreImportedGetTheirWelcomeInstead(String query) {
        Answer answer = TusUploads.create(query, "Upload-Length", "8");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorFields()).containsExactly("sendWelcome");
        assertThat(answer.body()).contains("POST /jobs of import-users");
        assertThat(FilesApi.rows()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "text/csv", "application/octet-stream"})
    void takesBytesUnderTheirOwnTypeOnly(String type) {
        String upload = TusUploads.begin(8);

        assertThat(TusUploads.patch(upload, 0, CSV, "Content-Type", type).status()).isEqualTo(415);
        assertThat(TusUploads.send("POST", "/files/tus", CSV, "Upload-Length", "8", "Content-Type", type).status())
                .isEqualTo(415);
        assertThat(TusUploads.offset(upload)).isZero();
    }

    @Test
    void refusesAnOffsetThatIsNone() {
        String upload = TusUploads.begin(8);

        assertThat(TusUploads.patch(upload, 0, CSV, "Upload-Offset", "").errorFields())
                .containsExactly("Upload-Offset");
        assertThat(TusUploads.patch(upload, 0, CSV, "Upload-Offset", "-1").status()).isEqualTo(400);
    }

    @Test
    void takesNoMoreThanWasAnnounced() {
        String upload = TusUploads.begin(7);

        assertThat(TusUploads.patch(upload, 0, CSV).status()).isEqualTo(413);

        assertThat(TusUploads.head(upload).header("Millrace-File")).isEmpty();
    }
}
