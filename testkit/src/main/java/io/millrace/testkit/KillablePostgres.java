package io.millrace.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.stream.Stream;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/** A Postgres of a test's own that can be killed as a power cut would and started again on the same data and port. */
public final class KillablePostgres implements AutoCloseable {

    private static final int TRIES = 20;

    private final Path data;
    private final int port;
    private EmbeddedPostgres server;

    /** Starts it, on a free port. */
    public KillablePostgres() throws IOException {
        this(Files.createTempDirectory("millrace-postgres"));
    }

    private KillablePostgres(Path data) throws IOException {
        this.data = data;
        this.port = FreePort.find();
        this.server = started();
    }

    /** Another one, on what {@link #backUp} has copied, which goes with it. */
    public static KillablePostgres restored(Path backup) throws IOException {
        return new KillablePostgres(backup);
    }

    /** The JDBC URL of its database, user included. */
    public String url() {
        return server.getJdbcUrl("postgres", "postgres");
    }

    /** SIGKILL: connections break, nothing is flushed that was not durable. */
    public void kill() {
        var postmaster = postmaster();
        postmaster.descendants().forEach(ProcessHandle::destroyForcibly);
        postmaster.destroyForcibly();
        postmaster.onExit().join();
    }

    /** SIGSTOP: connections stay and new ones are taken by the kernel, and nobody answers. */
    public void freeze() throws IOException, InterruptedException {
        signal("-STOP");
    }

    /** SIGCONT, after {@link #freeze}: it goes on where it was. */
    public void thaw() throws IOException, InterruptedException {
        signal("-CONT");
    }

    private void signal(String signal) throws IOException, InterruptedException {
        var postmaster = postmaster();
        var pids = Stream.concat(Stream.of(postmaster), postmaster.descendants())
                .map(process -> Long.toString(process.pid()));
        var kill = new ProcessBuilder(Stream.concat(Stream.of("kill", signal), pids).toList()).inheritIO().start();
        // A process that ends meanwhile is no reason to fail.
        kill.waitFor();
    }

    private ProcessHandle postmaster() {
        try {
            long pid = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).getFirst());
            return ProcessHandle.of(pid).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it again after {@link #kill}; it recovers from its log. */
    public void restart() throws IOException {
        // Gives back the lock that this JVM holds on the folder; there is nothing left to stop.
        server.close();
        server = started();
    }

    /**
     * Copies its data while it runs and goes on, as {@code pg_basebackup} would, to be {@link #restored} once.
     *
     * @return the folder; all is in it that was committed by then
     */
    public Path backUp() throws IOException, SQLException {
        try (var session = server.getPostgresDatabase().getConnection()) {
            return PostgresBackup.of(data, session);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        try (var files = Files.walk(data)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private EmbeddedPostgres started() throws IOException {
        IOException last = null;
        for (int i = 0; i < TRIES; i++) {
            try {
                return EmbeddedPostgres.builder().setDataDirectory(data).setCleanDataDirectory(false).setPort(port)
                        // The library switches it off, which would lose commits with the kill.
                        .setServerConfig("synchronous_commit", "on").setServerConfig("max_connections", "300").start();
            } catch (IOException | IllegalStateException e) {
                // The killed server's shared memory is given back a moment after its last child has ended.
                last = new IOException("Postgres does not start on " + data, e);
            }
        }
        throw new IOException("Postgres did not start in " + TRIES + " tries", last);
    }
}
