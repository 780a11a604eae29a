package io.millrace.api.jobs;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import io.millrace.api.http.ProblemException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

final class SpoolTest {

    private final Spool spool = spool("64MB");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void saysThatTheDiskIsFull() throws IOException {
        Path full = Files.createSymbolicLink(folder.resolve("full"), Path.of("/dev/full"));

        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> spool.receive(body("{}"), 2, full))
                .satisfies(problem -> {
                    assertThat(problem.getStatusCode().value()).isEqualTo(503);
                    assertThat(String.valueOf(problem.getBody().getType())).isEqualTo("/problems/overloaded");
                    assertThat(problem.getBody().getDetail()).contains("The disk has no room");
                    assertThat(problem.getHeaders().getFirst("Retry-After")).isEqualTo("5");
                });
        assertThat(full).doesNotExist();
        assertThat(spool.kept()).isZero();
    }

    @Test
    void noticesWhatWasCutShortOrIsTooLong() {
        assertThatExceptionOfType(EOFException.class)
                .isThrownBy(() -> spool.receive(body("{}"), 3, folder.resolve("short")));
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> spool("1B").receive(body("{}"), -1, folder.resolve("long")))
                .satisfies(problem -> assertThat(problem.getStatusCode().value()).isEqualTo(413));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void keepsItUntilItIsClosed() throws IOException {
        try (var kept = spool.receive(body("{}"), -1, folder.resolve("kept"))) {
            assertThat(kept.read()).hasContent("{}");
            assertThat(spool.kept()).isEqualTo(2);
        }
        assertThat(spool.kept()).isZero();
        assertThat(folder).isEmptyDirectory();
    }

    private static ByteArrayInputStream body(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static Spool spool(String longest) {
        var binder = new Binder(new MapConfigurationPropertySource(Map.of("millrace.api.jobs.max-bulk-body", longest)));
        return new Spool(binder.bindOrCreate("millrace.api.jobs", JobsSettings.class),
                binder.bindOrCreate("millrace.api.receiving", ReceivingSettings.class));
    }
}
