package io.millrace.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;

import io.millrace.testkit.FreePort;

/** {@code local} as a process of its own on the classes of this test run, all its ports free ones. */
final class LocalProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path data;
    private final Map<String, Integer> ports;
    private final Path output;
    private final Process process;

    private LocalProcess(Path data, Map<String, Integer> ports, Path output, Process process) {
        this.data = data;
        this.ports = ports;
        this.output = output;
        this.process = process;
    }

    /** On that folder, without waiting. */
    static LocalProcess start(Path data) throws IOException {
        return start(data, freePorts());
    }

    static LocalProcess start(Path data, Map<String, Integer> ports) throws IOException {
        var command = new ArrayList<String>();
        // Whoever is started in the background ignores Ctrl-C, and so does what it starts.
        if (understandsDefaultSignal()) {
            command.addAll(List.of("env", "--default-signal=INT"));
        }
        command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED",
                LocalApplication.class.getName(),
                "--millrace.local.data=" + data));
        ports.forEach((property, port) -> command.add("--" + property + "=" + port));
        var output = Files.createTempFile("local", ".log");
        var process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        return new LocalProcess(data, ports, output, process);
    }

    /** On the same folder and the same ports, as a person would. */
    LocalProcess startAgain() throws IOException {
        return start(data, ports);
    }

    static Map<String, Integer> freePorts() {
        return Map.of("server.port", FreePort.find(), "management.server.port", FreePort.find(),
                "millrace.dashboard.port", FreePort.find(), "millrace.local.smtp-port", FreePort.find(),
                "millrace.local.mail-port", FreePort.find(), "millrace.local.postgres-port", FreePort.find(),
                "millrace.local.redis-port", FreePort.find(), "millrace.local.dashboard-management-port",
                FreePort.find());
    }

    LocalProcess awaitReady() {
        Awaitility.await().atMost(PATIENCE).until(() -> output().contains("Queue a mail:") || !process.isAlive());
        if (!process.isAlive()) {
            throw new IllegalStateException("local did not start: " + output());
        }
        return this;
    }

    /** Until Postgres runs; whether it answers yet is another matter. */
    LocalProcess awaitPostgres() {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5))
                .until(() -> Files.exists(data.resolve("postgres-18/postmaster.pid")) || !process.isAlive());
        return this;
    }

    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The commands that it prints, in their order. */
    List<String> commands() {
        return output().lines().filter(line -> line.contains("curl ")).toList();
    }

    int port(String property) {
        return Objects.requireNonNull(ports.get(property));
    }

    /** Ctrl-C. */
    int interrupt() throws Exception {
        new ProcessBuilder("kill", "-INT", "" + process.pid()).start().waitFor();
        return awaitEnd();
    }

    /** SIGTERM, which unlike Ctrl-C reaches nothing that it has started. */
    int terminate() throws InterruptedException {
        process.destroy();
        return awaitEnd();
    }

    int awaitEnd() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("local does not end: " + output());
        }
        return process.exitValue();
    }

    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** All processes whose program lies in the data folder. */
    List<ProcessHandle> servers() {
        return ProcessHandle.allProcesses()
                .filter(other -> other.info().command().filter(program -> program.startsWith(data.toString()))
                        .isPresent())
                .toList();
    }

    /** Leaves nothing behind, whatever went wrong. */
    @Override
    public void close() throws IOException {
        kill();
        servers().forEach(ProcessHandle::destroyForcibly);
        Files.deleteIfExists(output);
    }

    private static boolean understandsDefaultSignal() throws IOException {
        try {
            return new ProcessBuilder("env", "--default-signal=INT", "true").start().waitFor() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
