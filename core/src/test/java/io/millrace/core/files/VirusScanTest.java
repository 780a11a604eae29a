package io.millrace.core.files;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.millrace.testkit.TestClamd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class VirusScanTest {

    private static final int STREAM_MAX_LENGTH = 1_000_000;

    private TestClamd clamd;
    private FileStoreUnderTest files;

    @BeforeEach
    void start() throws IOException {
        clamd = TestClamd.start(STREAM_MAX_LENGTH);
        files = scannedBy(new FilesProperties.Antivirus("127.0.0.1", clamd.port(), Duration.ofMinutes(1)));
    }

    @AfterEach
    void stop() throws IOException {
        clamd.close();
    }

    @Test
    void keepsWhatIsClean() throws IOException {
        StoredFile stored = store("a,b\n1,2\n");

        assertThat(files.store().open(stored)).hasContent("a,b\n1,2\n");
        assertThat(files.store().find(store("").id())).isPresent();
    }

    @Test
    void keepsNothingOfWhatIsInfectedAndSaysWhatWasFound() {
        assertThatThrownBy(() -> store("x".repeat(600_000) + TestClamd.BAD_WORD)).isInstanceOfSatisfying(
                InfectedFile.class, e -> assertThat(e.signature()).isEqualTo(TestClamd.SIGNATURE));

        assertThat(files.rows()).isZero();
        assertThat(files.chunks()).isZero();
    }

    @Test
    void keepsNothingOfWhatIsTooLongForTheScanner() {
        assertThatThrownBy(() -> files.store().store("a.bin", null, new RandomBytes(STREAM_MAX_LENGTH + 1)))
                .isInstanceOf(UnscannableFile.class);

        assertThat(files.rows()).isZero();
    }

    @Test
    void letsNothingThroughWhileTheScannerIsAway() throws IOException {
        clamd.close();

        assertThatThrownBy(() -> store("unseen")).isInstanceOf(ContentUnavailable.class)
                .hasMessageContaining("virus scanner");

        assertThat(files.rows()).isZero();
    }

    @Test
    void letsNothingThroughThatTheScannerTakesTooLongFor() throws IOException {
        try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            var patient = scannedBy(
                    new FilesProperties.Antivirus("127.0.0.1", silent.getLocalPort(), Duration.ofMillis(300)));

            assertThatThrownBy(() -> patient.store().store("a.bin", null, new RandomBytes(20_000_000)))
                    .isInstanceOf(ContentUnavailable.class);

            assertThat(patient.rows()).isZero();
        }
    }

    private static FileStoreUnderTest scannedBy(FilesProperties.Antivirus scanner) {
        return FileStoreUnderTest.guarded(new FilesProperties.Quota(null, Map.of()), scanner);
    }

    private StoredFile store(String content) throws IOException {
        return files.store().store("a.csv", null,
                new ByteArrayInputStream(content.getBytes(StandardCharsets.ISO_8859_1)));
    }
}
