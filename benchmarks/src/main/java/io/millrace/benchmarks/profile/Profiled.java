package io.millrace.benchmarks.profile;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;

import com.sun.management.OperatingSystemMXBean;

/**
 * A file was read to its end.
 *
 * @param cpu
 *            what this process took, compilers and collectors included
 */
record Profiled(long bytes, Duration wall, Duration cpu) {

    static Profiled of(Path file, Callable<?> reading) throws Exception {
        var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long cpuBefore = system.getProcessCpuTime();
        long start = System.nanoTime();
        reading.call();
        var wall = Duration.ofNanos(System.nanoTime() - start);
        return new Profiled(Files.size(file), wall, Duration.ofNanos(system.getProcessCpuTime() - cpuBefore));
    }

    static long lines(Path file) throws IOException, InterruptedException {
        var process = new ProcessBuilder("wc", "-l", file.toString()).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("wc failed");
        }
        return Long.parseLong(said.substring(0, said.indexOf(' ')));
    }

    double megabytesPerSecond() {
        return bytes * 1e3 / wall.toNanos();
    }

    double megabytesPerCpuSecond() {
        return bytes * 1e3 / cpu.toNanos();
    }
}
