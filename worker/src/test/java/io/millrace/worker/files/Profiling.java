package io.millrace.worker.files;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

import io.millrace.core.files.FileProfile;

/** Profiles what a test holds in its hands. */
final class Profiling {

    private static final FileProfiler PROFILER = new FileProfiler();

    private Profiling() {
    }

    static FileProfile csv(String text) {
        return file("data.csv", text);
    }

    static FileProfile file(String name, String text) {
        return file(name, text.getBytes(StandardCharsets.UTF_8));
    }

    static FileProfile file(String name, byte[] content) {
        return file(new FileHints(name, null), content);
    }

    static FileProfile file(FileHints hints, byte[] content) {
        try {
            return PROFILER.profile(() -> new ByteArrayInputStream(content), hints, bytes -> {
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<FileProfile.Column> columns(FileProfile profile) {
        return Objects.requireNonNull(profile.columns());
    }

    /** The only column of a CSV file with these values under a header. */
    static FileProfile.Column column(String... values) {
        return columns(csv("c\n" + String.join("\n", values) + "\n")).getFirst();
    }

    static byte[] resource(String name) {
        try (var input = Profiling.class.getResourceAsStream("/data/" + name)) {
            if (input == null) {
                throw new IllegalArgumentException("there is no /data/" + name);
            }
            return input.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
