package io.millrace.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The executable jar as a process of its own, told what to do by environment variables only. */
final class WorkerProcess implements AutoCloseable {

    private final String name;
    private final Path output;
    private final Process process;

    private WorkerProcess(String name, Path output, Process process) {
        this.name = name;
        this.output = output;
        this.process = process;
    }

    /** Starts it with the JDK of this test, without waiting until it is ready. */
    static WorkerProcess start(String name, Map<String, String> environment) throws IOException {
        Path output = Files.createTempFile(name, ".log");
        var builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar",
                jar().toString()).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        builder.environment().putAll(Map.of("MILLRACE_JOBS_WORKER_NAME", name, "MANAGEMENT_SERVER_ADDRESS", "127.0.0.1",
                "MANAGEMENT_SERVER_PORT", "0",
                // Three of them start at once on few cores: the quick compiler is enough for a test.
                "JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx192m"));
        return new WorkerProcess(name, output, builder.start());
    }

    String name() {
        return name;
    }

    /** Everything it has written so far. */
    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            return "(its output cannot be read: " + e.getMessage() + ")";
        }
    }

    /** SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** The exit code, once it has ended by itself. */
    int exitCode() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError(name + " does not end: " + output());
        }
        return process.exitValue();
    }

    @Override
    public void close() throws IOException {
        kill();
        Files.deleteIfExists(output);
    }

    private static Path jar() throws IOException {
        try (var jars = Files.newDirectoryStream(Path.of("target"), "worker-*-exec.jar")) {
            for (Path jar : jars) {
                return jar;
            }
        }
        throw new AssertionError("there is no target/worker-*-exec.jar; run this test with `mvn verify`");
    }
}
