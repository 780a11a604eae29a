package io.millrace.jobs;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import io.millrace.jobs.sample.ShopApplication;

import static org.assertj.core.api.Assertions.assertThat;

/** The sample service with a worker as a process of its own, which real signals reach. It ends with the one that started it. */
final class WorkerProcess implements AutoCloseable {

    private final Process process;

    private WorkerProcess(Process process) {
        this.process = process;
    }

    /**
     * Returns when it takes jobs.
     *
     * @param settings
     *            those of {@code millrace.jobs.worker} without that in front, and others with all of their names
     */
    static WorkerProcess start(String database, String name, String... settings) throws IOException {
        var worker = launch(database, name, settings);
        var jdbc = JdbcClient.create(new DriverManagerDataSource(database));
        Awaitility.await().atMost(Duration.ofSeconds(60)).ignoreExceptions()
                .until(() -> jdbc
                        .sql("""
                             select exists(select from millrace_jobs.job_workers
                                           where name = ? and beat_at > clock_timestamp() - interval '2 seconds')
                             """).param(name).query(Boolean.class).single());
        return worker;
    }

    /** The same, but returns at once. */
    static WorkerProcess launch(String database, String name, String... settings) throws IOException {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
                WorkerProcess.class.getName(), database, "name=" + name));
        command.addAll(List.of(settings));
        return new WorkerProcess(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start());
    }

    @SuppressWarnings("SystemOut") // it is where its log goes
    public static void main(String[] arguments) throws Exception {
        // The test's own output belongs to whoever runs it.
        System.setOut(System.err);
        var properties = new ArrayList<>(List.of("spring.datasource.url=" + arguments[0],
                "spring.datasource.hikari.maximum-pool-size=8", "millrace.jobs.worker.enabled=true",
                "logging.level.root=warn"));
        List.of(arguments).stream().skip(1)
                .map(setting -> setting.matches("[a-z]+\\..*") ? setting : "millrace.jobs.worker." + setting)
                .forEach(properties::add);
        try (var service = new SpringApplicationBuilder(ShopApplication.class).web(WebApplicationType.NONE)
                .properties(properties.toArray(String[]::new)).run()) {
            // Until the other end is closed.
            assertThat(service.isActive() && System.in.read() < 0).isTrue();
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /** SIGKILL. Returns when it is dead. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** SIGSTOP. */
    void pause() throws Exception {
        signal("STOP");
    }

    /** SIGCONT. */
    void resume() throws Exception {
        signal("CONT");
    }

    private void signal(String name) throws Exception {
        var sent = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).inheritIO().start();
        if (!sent.waitFor(10, TimeUnit.SECONDS) || sent.exitValue() != 0) {
            throw new IOException("no signal " + name + " to process " + process.pid());
        }
    }

    /** SIGTERM. Returns at once. */
    void terminate() {
        process.destroy();
    }

    void awaitDeath() {
        process.onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
