package io.millrace.local.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DataFolderTest {

    @TempDir
    Path parent;

    @Test
    void makesTheFolderForItsOwnerOnly() throws IOException {
        try (var folder = DataFolder.claim(parent.resolve("a b").resolve("data"))) {
            assertThat(Files.getPosixFilePermissions(folder.path()))
                    .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void takesAFolderThatIsFreeAgain() {
        DataFolder.claim(parent).close();

        DataFolder.claim(parent).close();
    }

    @Test
    void saysThatTheFolderIsAFile() throws IOException {
        var file = Files.createFile(parent.resolve("data"));

        assertThatExceptionOfType(CannotStart.class).isThrownBy(() -> DataFolder.claim(file))
                .withMessage("The data folder %s cannot be written (%s is a file): make it writable, or set"
                        + " MILLRACE_LOCAL_DATA (millrace.local.data) to another folder.", file, file);
    }

    @Test
    void saysThatTheFolderCannotBeWritten() {
        // Nobody writes there, root included.
        var folder = Path.of("/proc/millrace");

        assertThatExceptionOfType(CannotStart.class).isThrownBy(() -> DataFolder.claim(folder))
                .withMessageStartingWith("The data folder /proc/millrace cannot be written (")
                .withMessageEndingWith("or set MILLRACE_LOCAL_DATA (millrace.local.data) to another folder.");
    }

    @Test
    void saysHowMuchRoomIsMissing() {
        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> DataFolder.claim(parent, DataSize.ofTerabytes(900_000), DataSize.ofBytes(1)))
                .withMessageMatching("The disk of the data folder .* has \\d+ MB left and Millrace needs \\d+ MB: make"
                        + " room, or set MILLRACE_LOCAL_DATA \\(millrace.local.data\\) to another folder\\.");
    }

    @Test
    void needsLessRoomOnceTheClusterIsThere() throws IOException {
        Files.createDirectory(parent.resolve(EmbeddedPostgres.CLUSTER));

        DataFolder.claim(parent, DataSize.ofTerabytes(900_000), DataSize.ofBytes(1)).close();
    }
}
