package io.millrace.worker.files;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FileProfilerTest {

    private static final FileHints CSV = new FileHints("data.csv", null);

    private final FileProfiler profiler = Profiling.PROFILER;

    @Test
    void opensTheContentOnceAndClosesIt() throws IOException {
        var opened = new AtomicInteger();
        var closed = new AtomicInteger();

        profiler.profile(() -> {
            opened.incrementAndGet();
            return new FilterInputStream(new GeneratedCsv(10)) {

                @Override
                public int read(byte[] target, int offset, int length) throws IOException {
                    assertThat(closed).hasValue(0);
                    return super.read(target, offset, length);
                }

                @Override
                public void close() {
                    closed.incrementAndGet();
                }
            };
        }, CSV, bytes -> {
        });

        assertThat(opened).hasValue(1);
        assertThat(closed).hasValue(1);
    }

    @Test
    void tellsHowFarItIs() throws IOException {
        List<Long> told = new ArrayList<>();

        var profile = profiler.profile(() -> new GeneratedCsv(100_000), CSV, told::add);

        assertThat(told).hasSizeGreaterThan(5).isSorted().endsWith(profile.bytes());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1000, 500_000})
    void passesOnWhatTheContentThrows(int bytesBefore) {
        assertThatThrownBy(() -> profiler.profile(() -> failingAfter("\n".repeat(bytesBefore)), CSV, bytes -> {
        })).isInstanceOf(IOException.class).hasMessage("the disk is gone");
    }

    @Test
    void passesOnWhatTheContentThrowsWhereItIsReadByCharactersToo() {
        String rows = "a,b\n\"x\"y,2\n" + "1,2\n".repeat(200_000);

        assertThatThrownBy(() -> profiler.profile(() -> failingAfter(rows), CSV, bytes -> {
        })).isInstanceOf(IOException.class).hasMessage("the disk is gone");
    }

    @Test
    void stopsWhenItsThreadIsInterrupted() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> profiler.profile(() -> new GeneratedCsv(10), CSV, bytes -> {
        })).isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void givesTheSameProfileEachTimeButForEstimatesOfQuantiles() throws IOException {
        var first = profiler.profile(() -> new GeneratedCsv(50_000), CSV, bytes -> {
        });

        Profiling.assertSame(profiler.profile(() -> new GeneratedCsv(50_000), CSV, bytes -> {
        }), first);
    }

    private static InputStream failingAfter(String rows) {
        return new SequenceInputStream(new ByteArrayInputStream(rows.getBytes(StandardCharsets.UTF_8)),
                new InputStream() {

                    @Override
                    public int read() throws IOException {
                        throw new IOException("the disk is gone");
                    }

                    @Override
                    public int read(byte[] target, int offset, int length) throws IOException {
                        throw new IOException("the disk is gone");
                    }
                });
    }
}
