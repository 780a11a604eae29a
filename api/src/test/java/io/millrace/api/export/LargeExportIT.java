package io.millrace.api.export;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

import io.millrace.api.ApiUnderTest;
import io.millrace.testkit.FreePort;
import io.millrace.testkit.JarProcess;
import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A million users out of the packaged API with 128 MB of heap. Prints its speed and that of COPY, from the same run. */
@Tag("long")
final class LargeExportIT {

    private static final int USERS = 1_000_000;
    private static final int PORT = FreePort.find();
    /** What a collection left, in the JVM's log: "Pause Young (Allocation Failure) 57M->32M(123M) 2.1ms". */
    private static final Pattern LEFT_BY_GC = Pattern.compile("Pause .*->(\\d+)M\\(");

    @SuppressWarnings("NullAway.Init")
    private static String database;

    @SuppressWarnings("NullAway.Init")
    private static JarProcess api;

    /** MB after a collection, before any export. */
    private static int idleHeap;

    @BeforeAll
    static void start() throws Exception {
        database = TestPostgres.newDatabase();
        int management = FreePort.find();
        api = JarProcess.start("api", List.of("-Xmx128m", "-XX:+UseSerialGC", "-Xlog:gc"),
                Map.of("SPRING_DATASOURCE_URL", database, "SPRING_DATASOURCE_USERNAME", TestPostgres.USER,
                        "SERVER_ADDRESS", "127.0.0.1", "SERVER_PORT", Integer.toString(PORT), "MANAGEMENT_SERVER_PORT",
                        Integer.toString(management), "MILLRACE_API_OPEN", "true", "MILLRACE_PAGING_KEY",
                        ApiUnderTest.PAGING_KEY));
        await().atMost(Duration.ofMinutes(2)).ignoreExceptions().until(() -> {
            assertThat(api.isAlive()).as(api.output()).isTrue();
            return drain("text/csv", "identity").bytes() > 0;
        });
        try (var connection = TestPostgres.dataSource(database).getConnection();
                var statement = connection.createStatement()) {
            statement.execute("""
                              insert into users (id, email, full_name, created_at)
                              select gen_random_uuid(), 'user' || i || '@example.com', 'Ada Lovelace ' || i,
                                     timestamptz '2026-01-01' + i * interval '1.234567 seconds'
                              from generate_series(1, %d) i
                              """.formatted(USERS));
            statement.execute("vacuum analyze users");
        }
        new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(api.pid()),
                "GC.run").inheritIO().start().waitFor();
        idleHeap = collections().getLast();
        // The JIT compiler's first runs are not what is asked for.
        for (String type : List.of("application/json", "text/csv", "application/json")) {
            drain(type, "identity");
        }
    }

    @AfterAll
    static void stop() throws IOException {
        api.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/x-ndjson", "text/csv"})
    void sendsAMillionUsersInLittleMemory(String type) throws Exception {
        var gcs = collections();

        Drained export = drain(type, "identity");

        var during = collections().subList(gcs.size(), collections().size());
        int peak = during.stream().max(Integer::compare).orElse(idleHeap);
        Drained copy = copy();
        System.out.printf(
                "%-22s %4d ms to the first byte, %5.2f s, %4.0f MB/s, %7.0f users/s; COPY %5.2f s, %4.0f MB/s,"
                        + " %7.0f users/s; %.0f %% of COPY's users/s; heap %d -> %d MB%n",
                type, export.firstByte().toMillis(),
                export.seconds(), export.megabytesPerSecond(), USERS / export.seconds(), copy.seconds(),
                copy.megabytesPerSecond(), USERS / copy.seconds(), 100 * copy.seconds() / export.seconds(), idleHeap,
                peak);
        assertThat(export.bytes()).isGreaterThan(USERS * 90L);
        // The aims are 200 ms and half of COPY's users per second; a machine busy with other builds misses them.
        assertThat(export.firstByte()).isLessThan(Duration.ofMillis(500));
        assertThat(copy.seconds() / export.seconds()).as("of COPY's users per second").isGreaterThan(1 / 3.0);
        assertThat(peak - idleHeap).as("MB of heap that it took: from %s to %s", idleHeap, during).isLessThan(32);
    }

    @Test
    void sendsEachUserOnce() throws Exception {
        var ids = new HashSet<String>();
        try (var client = HttpClient.newHttpClient()) {
            client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + PORT + "/export/users"))
                    .header("Accept", "text/csv").build(), BodyHandlers.ofLines()).body().skip(1)
                    .forEach(line -> assertThat(ids.add(line.substring(0, 36))).as(line).isTrue());
        }
        assertThat(ids).hasSize(USERS);
    }

    @Test
    void sendsAMillionUsersCompressed() throws Exception {
        for (String coding : List.of("zstd", "br", "gzip")) {
            Drained export = drain("application/x-ndjson", coding);
            System.out.printf("%-5s %5.2f s, %3d MB%n", coding, export.seconds(), export.bytes() / 1_000_000);
            assertThat(export.bytes()).isBetween(1_000_000L, USERS * 80L);
        }
    }

    private static Drained drain(String type, String coding) throws IOException, InterruptedException {
        long start = System.nanoTime();
        try (var client = HttpClient.newHttpClient()) {
            var response = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + PORT + "/export/users"))
                            .header("Accept", type).header("Accept-Encoding", coding).build(),
                    BodyHandlers.ofInputStream());
            assertThat(response.statusCode()).isEqualTo(200);
            try (InputStream body = response.body()) {
                byte[] buffer = new byte[64 * 1024];
                long bytes = body.read(buffer);
                var firstByte = Duration.ofNanos(System.nanoTime() - start);
                for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                    bytes += read;
                }
                return new Drained(bytes, firstByte, Duration.ofNanos(System.nanoTime() - start));
            }
        }
    }

    private static Drained copy() throws SQLException {
        // Of the driver's properties that exports have, those that cost or save something while it reads.
        var driver = new Properties();
        driver.setProperty("socketTimeout", "60");
        driver.setProperty("options", "-c TimeZone=UTC");
        try (var connection = DriverManager.getConnection(database, driver)) {
            long start = System.nanoTime();
            var copy = connection.unwrap(PGConnection.class).getCopyAPI()
                    .copyOut("copy (select id, email, full_name, created_at from users) to stdout");
            long bytes = 0;
            for (byte[] row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
                bytes += row.length;
            }
            return new Drained(bytes, Duration.ZERO, Duration.ofNanos(System.nanoTime() - start));
        }
    }

    private static List<Integer> collections() throws IOException {
        return LEFT_BY_GC.matcher(api.output()).results().map(gc -> Integer.valueOf(gc.group(1))).toList();
    }

    private record Drained(long bytes, Duration firstByte, Duration time) {

        double seconds() {
            return time.toNanos() / 1e9;
        }

        double megabytesPerSecond() {
            return bytes / 1e6 / seconds();
        }
    }
}
