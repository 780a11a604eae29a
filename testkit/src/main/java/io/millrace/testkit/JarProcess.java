package io.millrace.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One of the executable jars as a real process of its own, on the JDK of this test, told what to do by its environment. */
public final class JarProcess implements AutoCloseable {

    private final Path output;
    private final Process process;

    private JarProcess(Path output, Process process) {
        this.output = output;
        this.process = process;
    }

    /**
     * Starts the executable jar of a module, without waiting until it is ready.
     *
     * @param module
     *            the module's name, seen from any module's folder
     * @throws IOException
     *             if the jar is not there: {@code mvn verify} builds it first
     */
    public static JarProcess start(String module, List<String> jvmOptions, Map<String, String> environment)
            throws IOException {
        return start(module, jvmOptions, List.of("-jar", jar(module).toString()), environment);
    }

    /**
     * The same with further classes, such as handlers of a test's own, which {@code SPRING_MAIN_SOURCES} may name.
     *
     * @param classes
     *            a folder of them
     * @throws IOException
     *             if the jar is not there
     */
    public static JarProcess startWith(Path classes, String module, List<String> jvmOptions,
            Map<String, String> environment) throws IOException {
        return start(module, jvmOptions, List.of("-Dloader.path=" + classes, "-cp", jar(module).toString(),
                "org.springframework.boot.loader.launch.PropertiesLauncher"), environment);
    }

    private static JarProcess start(String module, List<String> jvmOptions, List<String> program,
            Map<String, String> environment) throws IOException {
        var output = Files.createTempFile(module, ".log");
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(jvmOptions);
        command.addAll(program);
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        return new JarProcess(output, builder.start());
    }

    /** Everything it has written so far. */
    public String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    /** The exit code, once it has ended by itself; an error after a minute. */
    public int exitCode() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("it does not end: " + output());
        }
        return process.exitValue();
    }

    /** SIGKILL, and its output is gone. */
    @Override
    public void close() throws IOException {
        process.destroyForcibly().onExit().join();
        Files.deleteIfExists(output);
    }

    private static Path jar(String module) throws IOException {
        try (var jars = Files.newDirectoryStream(Path.of("..", module, "target"), module + "-*-exec.jar")) {
            for (Path jar : jars) {
                return jar;
            }
        }
        throw new IOException("there is no executable jar of " + module + "; run this test with mvn verify");
    }
}
