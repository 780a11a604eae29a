package io.millrace.benchmarks;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import io.millrace.benchmarks.load.Connection;
import io.millrace.benchmarks.load.Requests;
import io.millrace.testkit.FreePort;

/** A module's executable jar as a process of its own, as it is deployed, which tells its use of the processor. Its logs are in {@code target}. */
public final class MeasuredProcess implements AutoCloseable {

    private static final Duration STARTS_WITHIN = Duration.ofMinutes(2);

    private final Process process;
    private final int managementPort;

    private MeasuredProcess(Process process, int managementPort) {
        this.process = process;
        this.managementPort = managementPort;
    }

    /**
     * Starts one and waits until it is ready.
     *
     * @param module
     *            whose jar it is
     * @param name
     *            of its log
     * @param java
     *            arguments of the JVM
     * @param main
     *            the class that launches the jar
     * @param environment
     *            beside the port of its management, which is any free one
     */
    public static MeasuredProcess start(String module, String name, List<String> java, String main,
            Map<String, String> environment) throws IOException, InterruptedException {
        int management = FreePort.find();
        Path log = target().resolve(name + ".log");
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(java);
        command.addAll(List.of("-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED", "-cp",
                jar(module).toString(), main));
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("MANAGEMENT_SERVER_PORT", Integer.toString(management));
        var process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        awaitReadiness(process, management, log);
        return new MeasuredProcess(process, management);
    }

    /** Where the benchmarks are built. */
    static Path target() {
        try {
            return Objects.requireNonNull(
                    Path.of(MeasuredProcess.class.getProtectionDomain().getCodeSource().getLocation().toURI())
                            .getParent());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    int managementPort() {
        return managementPort;
    }

    long pid() {
        return process.pid();
    }

    /** Of all its threads since it started: those of its compiler and collector as well. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().completeOnTimeout(process, 30, TimeUnit.SECONDS).join();
        process.destroyForcibly().onExit().join();
    }

    private static void awaitReadiness(Process process, int management, Path log)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + STARTS_WITHIN.toNanos();
        while (!isReady(management)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                process.destroyForcibly();
                throw new IOException("it does not start, see " + log);
            }
            Thread.sleep(100);
        }
    }

    private static boolean isReady(int management) {
        try (var connection = new Connection(management)) {
            return connection.exchange(Requests.get("/actuator/health/readiness").next()).status() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static Path jar(String module) throws IOException {
        Path folder = target().resolve("../../" + module + "/target").normalize();
        try (var jars = Files.newDirectoryStream(folder, module + "-*-exec.jar")) {
            for (Path jar : jars) {
                return jar;
            }
        }
        throw new IOException("there is no executable jar in " + folder + ": see docs/performance.md");
    }
}
