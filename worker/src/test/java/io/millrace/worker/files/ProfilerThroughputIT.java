package io.millrace.worker.files;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** How fast a core profiles 200 MB, in processor time: what else runs on the machine matters little then. */
@Tag("long")
class ProfilerThroughputIT {

    private static final System.Logger LOG = System.getLogger(ProfilerThroughputIT.class.getName());
    private static final long ROWS = 2_600_000;
    private static final double LEAST_MEGABYTES_PER_SECOND = 20;

    @Test
    void profilesManyMegabytesASecond() throws IOException {
        measure();
        double speed = measure();

        LOG.log(Level.INFO, "profiled {0,number,integer} MB a second of processor time", speed);
        assertThat(speed).isGreaterThan(LEAST_MEGABYTES_PER_SECOND);
    }

    private static double measure() throws IOException {
        long start = cpuNanos();
        long bytes = new GeneratedCsv(ROWS).transferTo(OutputStream.nullOutputStream());
        long generated = cpuNanos() - start;
        start = cpuNanos();
        var profile = Profiling.PROFILER.profile(() -> new GeneratedCsv(ROWS), new FileHints("big.csv", null), read -> {
        });
        long profiled = cpuNanos() - start - generated;
        assertThat(profile.rows()).isEqualTo(ROWS);
        assertThat(profile.bytes()).isEqualTo(bytes);
        return bytes * 1e3 / profiled;
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
