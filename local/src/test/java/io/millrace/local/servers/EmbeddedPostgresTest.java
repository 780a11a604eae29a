package io.millrace.local.servers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.millrace.testkit.FreePort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class EmbeddedPostgresTest {

    @TempDir
    Path parent;

    private DataFolder folder;

    @BeforeEach
    void claim() {
        folder = DataFolder.claim(parent);
    }

    @AfterEach
    void leaveNothingBehind() {
        processes().forEach(ProcessHandle::destroyForcibly);
        folder.close();
    }

    @Test
    void stopsWhatRunsWhenItsStartFailsHalfWay() throws Exception {
        prepare().close();
        Files.writeString(folder.resolve("password"), "not the one that the cluster was made with");
        var postgres = prepare();

        assertThatExceptionOfType(CannotStart.class).isThrownBy(postgres::start)
                .withMessageContaining("password authentication failed");
        assertThat(processes()).as("what a failed start leaves to the stop").isNotEmpty();
        postgres.close();

        assertThat(processes()).isEmpty();
    }

    @Test
    void stopsOneThatIsStillStarting() throws Exception {
        var postgres = prepare();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var starting = threads.submit(postgres::start);
            Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(2))
                    .until(() -> Files.exists(folder.resolve(EmbeddedPostgres.CLUSTER).resolve("postmaster.pid")));

            postgres.close();

            Awaitility.await().until(starting::isDone);
            assertThat(processes()).isEmpty();
        }
    }

    @Test
    void stopsNothingWhereNothingRanAndDoesNotStartAfterIt() {
        var postgres = prepare();

        postgres.close();

        assertThatExceptionOfType(CannotStart.class).isThrownBy(postgres::start)
                .withMessageEndingWith(": it was told to stop before it started.");
        assertThat(processes()).isEmpty();
    }

    private EmbeddedPostgres prepare() {
        return EmbeddedPostgres.prepare(folder, FreePort.find());
    }

    private List<ProcessHandle> processes() {
        return ProcessHandle.allProcesses().filter(
                process -> process.info().command().filter(path -> path.startsWith(folder.path() + "/")).isPresent())
                .toList();
    }
}
