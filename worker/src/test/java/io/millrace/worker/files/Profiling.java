package io.millrace.worker.files;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import io.millrace.core.files.FileProfile;
import io.millrace.worker.files.packing.UnpackLimits;

import static org.assertj.core.api.Assertions.assertThat;

/** Profiles what a test holds in its hands. */
final class Profiling {

    /** With the limits that hold when nothing is set. */
    static final FileProfiler PROFILER = new FileProfiler(limits(Map.of()));

    private Profiling() {
    }

    /** The limits with these settings and the defaults of the others. */
    static UnpackLimits limits(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate("millrace.profile",
                UnpackLimits.class);
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
        return file(PROFILER, hints, content);
    }

    static FileProfile file(FileProfiler profiler, FileHints hints, byte[] content) {
        try {
            return profiler.profile(() -> new ByteArrayInputStream(content), hints, bytes -> {
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

    /** Two readings of the same file are the same, but for quantiles of more than 200 values, which are estimates. */
    static void assertSame(FileProfile actual, FileProfile expected) {
        assertThat(actual).usingRecursiveComparison().ignoringFieldsMatchingRegexes(".*quantiles").isEqualTo(expected);
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
