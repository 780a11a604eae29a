package io.millrace.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/**
 * A Postgres whose database lies on a small disk that can be filled to its last byte: a mount that only a process of its own and
 * the Postgres in it can see, gone when that ends. The server's log (WAL) is on the usual disk: without a place
 * for that it stops as a whole, as {@link KillablePostgres} does.
 */
public final class SmallDiskPostgres implements AutoCloseable {

    private static final int MEGABYTES = 64;
    private static final byte[] MUCH = new byte[64 * 1024];
    private static final List<List<String>> WITH_MOUNTS_OF_ITS_OWN = List.of(List.of("unshare", "-m"),
            List.of("unshare", "-r", "-m"));

    private final Process process;
    private final BufferedReader answers;
    private final Path folder;
    private final String url;

    /** Starts it; needs some seconds. */
    public SmallDiskPostgres() throws IOException {
        folder = Files.createTempDirectory("millrace-small-disk");
        var command = new ArrayList<>(unshare());
        command.addAll(List.of("sh", "-c", "mount -t tmpfs -o size=" + MEGABYTES + "m tmpfs \"$0\" && exec \"$@\"",
                folder.toString(), Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), SmallDiskPostgres.class.getName(), folder.toString()));
        process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        answers = process.inputReader();
        url = answer();
    }

    /** Whether this process may make a mount for another one. */
    public static boolean isPossible() {
        return WITH_MOUNTS_OF_ITS_OWN.stream().anyMatch(SmallDiskPostgres::works);
    }

    /** The JDBC URL of the database, user included. */
    public String url() {
        return url;
    }

    /** Not a byte is left when it returns. */
    public void fill() throws IOException {
        tell("fill");
    }

    /** Gives back what {@link #fill} took. */
    public void free() throws IOException {
        tell("free");
    }

    @Override
    public void close() throws IOException {
        // Its end of the line tells it to stop.
        process.getOutputStream().close();
        process.onExit().join();
        Files.deleteIfExists(folder);
    }

    private void tell(String order) throws IOException {
        var orders = process.outputWriter();
        orders.write(order + "\n");
        orders.flush();
        answer();
    }

    private String answer() throws IOException {
        return Objects.requireNonNull(answers.readLine(), "the Postgres on a small disk has ended");
    }

    private static List<String> unshare() throws IOException {
        return WITH_MOUNTS_OF_ITS_OWN.stream().filter(SmallDiskPostgres::works).findFirst()
                .orElseThrow(() -> new IOException("no mounts of its own for a process here"));
    }

    private static boolean works(List<String> unshare) {
        try {
            var command = new ArrayList<>(unshare);
            command.addAll(
                    List.of("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", System.getProperty("java.io.tmpdir")));
            return new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** In the process that sees the disk. */
    public static void main(String[] arguments) throws IOException, SQLException {
        var answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        // What Postgres' launcher logs is not an answer.
        System.setOut(System.err);
        var disk = Path.of(arguments[0]);
        var tables = Files.createDirectory(disk.resolve("tables"));
        var ballast = disk.resolve("ballast");
        try (var server = EmbeddedPostgres.builder().setServerConfig("max_connections", "300").start();
                var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            try (var connection = server.getPostgresDatabase().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("create tablespace small location '" + tables + "'");
                statement.execute("create database small tablespace small");
            }
            answers.println(server.getJdbcUrl("postgres", "small"));
            for (var order = orders.readLine(); order != null; order = orders.readLine()) {
                if (order.equals("fill")) {
                    fill(ballast);
                } else {
                    Files.delete(ballast);
                }
                answers.println("done");
            }
        }
    }

    private static void fill(Path ballast) throws IOException {
        Files.createFile(ballast);
        for (int size = MUCH.length; size > 0; size /= 2) {
            fill(ballast, size);
        }
    }

    private static void fill(Path ballast, int size) throws IOException {
        try (var out = Files.newOutputStream(ballast, StandardOpenOption.APPEND)) {
            for (long written = 0; written < MEGABYTES * 2L * 1024 * 1024; written += size) {
                out.write(MUCH, 0, size);
            }
        } catch (IOException e) {
            return;
        }
        throw new UncheckedIOException(new IOException("this disk is larger than it should be"));
    }
}
