package io.millrace.local.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class PidFileTest {

    @TempDir
    Path parent;

    private DataFolder folder;
    private PidFile pidFile;

    @BeforeEach
    void claim() {
        folder = DataFolder.claim(parent);
        pidFile = new PidFile(folder.resolve("server.pid"), folder);
    }

    @AfterEach
    void release() {
        folder.close();
    }

    @Test
    void findsAProgramOfTheFolder() throws IOException {
        var program = Files.copy(Path.of("/bin/sleep"), folder.resolve("server"));
        var process = new ProcessBuilder(program.toString(), "60").start();
        try {
            Files.writeString(pidFile.file(), process.pid() + "\nmore\n");

            assertThat(pidFile.running()).map(ProcessHandle::pid).contains(process.pid());
            pidFile.deleteIfStale();
            assertThat(pidFile.file()).exists();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void leavesSomebodyElsesProcessAlone() throws IOException {
        Files.writeString(pidFile.file(), ProcessHandle.current().pid() + "\n");

        assertThat(pidFile.running()).isEmpty();
        pidFile.deleteIfStale();
        assertThat(pidFile.file()).doesNotExist();
    }

    @Test
    void findsNothingInAFileThatIsNotThereOrHoldsNoNumber() throws IOException {
        assertThat(pidFile.running()).isEmpty();

        Files.writeString(pidFile.file(), "");
        assertThat(pidFile.running()).isEmpty();

        Files.writeString(pidFile.file(), "not a number\n");
        assertThat(pidFile.running()).isEmpty();
    }
}
