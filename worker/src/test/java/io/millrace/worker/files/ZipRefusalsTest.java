package io.millrace.worker.files;

import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.millrace.core.files.FileProfile;

import static io.millrace.worker.files.PackedBytes.storedZip;
import static io.millrace.worker.files.PackedBytes.utf8;
import static io.millrace.worker.files.PackedBytes.zipOfMany;
import static io.millrace.worker.files.PackedBytes.zstd;
import static org.assertj.core.api.Assertions.assertThat;

/** Archives of which some files cannot be unpacked. */
class ZipRefusalsTest {

    private static final byte[] TABLE = utf8("id,name\n1,Ada\n2,Alan\n");

    @Test
    void tellWhichFilesAreEncryptedAndGoOn() {
        byte[] archive = storedZip("secret.csv", TABLE, "open.csv", TABLE);
        // The general purpose bit 0 of the first local header.
        archive[6] |= 1;

        assertThat(entries(Profiling.file("a.zip", archive))).containsExactly(
                new FileProfile.Entry("secret.csv", null, "it is encrypted"),
                new FileProfile.Entry("open.csv", Profiling.file("open.csv", TABLE), null));
    }

    /** LZMA, zstd by its old and its new number, and XZ. */
    @ParameterizedTest
    @ValueSource(bytes = {14, 20, 93, 95})
    void tellWhichFilesArePackedInAWayThatIsNotReadAndGoOn(byte method) {
        byte[] archive = storedZip("odd.csv", zstd(TABLE), "open.csv", TABLE);
        // In the first local header.
        archive[8] = method;

        assertThat(entries(Profiling.file("a.zip", archive))).containsExactly(
                new FileProfile.Entry("odd.csv", null, "it is packed by method " + method + ", which is not supported"),
                new FileProfile.Entry("open.csv", Profiling.file("open.csv", TABLE), null));
    }

    @ParameterizedTest
    @ValueSource(bytes = {20, 93, 95})
    void stopAtAFileThatIsPackedInSuchAWayAndHasItsLengthBehindIt(byte method) {
        byte[] archive = zipOfMany(3, TABLE);
        archive[8] = method;

        var profile = Profiling.file("a.zip", archive);

        assertThat(profile.entriesLeftOut()).isEqualTo(2);
        assertThat(entries(profile)).singleElement().satisfies(
                entry -> assertThat(entry.refused()).startsWith("it is packed by method " + method
                        + ", which is not supported; nor can what comes after it"));
    }

    @Test
    void stopAtAFileThatCannotBeReadAndHasItsLengthBehindIt() {
        byte[] archive = zipOfMany(3, TABLE);
        archive[6] |= 1;

        var profile = Profiling.file("a.zip", archive);

        assertThat(profile.entriesLeftOut()).isEqualTo(2);
        assertThat(entries(profile)).singleElement().satisfies(
                entry -> assertThat(entry.refused()).startsWith("it is encrypted; nor can what comes after it"));
    }

    @Test
    void stopAtAStoredFileThatHasItsLengthBehindIt() {
        byte[] archive = zipOfMany(2, TABLE);
        archive[8] = 0;

        var profile = Profiling.file("a.zip", archive);

        assertThat(profile.entriesLeftOut()).isEqualTo(1);
        assertThat(entries(profile)).singleElement().satisfies(
                entry -> assertThat(entry.refused()).startsWith("it is stored without its length before it"));
    }

    private static List<FileProfile.Entry> entries(FileProfile profile) {
        return Objects.requireNonNull(profile.entries());
    }
}
