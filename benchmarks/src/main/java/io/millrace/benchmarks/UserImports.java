package io.millrace.benchmarks;

import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.postgresql.PGConnection;

import io.millrace.benchmarks.Alternating.Rounds;
import io.millrace.benchmarks.jobs.PeerDatabase;
import io.millrace.benchmarks.jobs.PostgresServer;
import io.millrace.testkit.JarProcess;
import io.millrace.testkit.TestPostgres;

/**
 * {@code import-users} beside psql's {@code \copy}, each of the same million rows into an empty table with the same columns,
 * constraints and indexes, on a server that commits durably. The worker is a process of its own; its time is the job's, from
 * its start to its end as the API tells them, and so without the upload.
 */
final class UserImports {

    private static final int ROWS = 1_000_000;
    private static final int WARM_UP = 1;
    private static final int ROUNDS = 5;
    private static final String HEAP = "-Xmx256m";

    private final HttpClient client = HttpClient.newHttpClient();
    private final PeerDatabase database;
    private final Path csv;
    private final boolean psql;

    private UserImports(PeerDatabase database, Path csv) {
        this.database = database;
        this.csv = csv;
        this.psql = isTherePsql();
    }

    static String measure() throws Exception {
        Path csv = Files.createTempFile("users", ".csv");
        try (var server = new PostgresServer()) {
            write(csv);
            return new UserImports(server.newDatabase("imports", 10), csv).alternate();
        } finally {
            Files.delete(csv);
        }
    }

    private static void write(Path csv) throws IOException {
        try (BufferedWriter lines = Files.newBufferedWriter(csv)) {
            lines.write("email,full_name\n");
            for (int i = 0; i < ROWS; i++) {
                lines.write("user" + i + "@example.com,Ada Lovelace " + i + "\n");
            }
        }
    }

    private String alternate() throws Exception {
        try (var api = ApiProcess.start("api-imports", database.url(), Map.of());
                var worker = JarProcess.start("worker", List.of(HEAP),
                        Map.of("MILLRACE_JOBS_WORKER_QUEUES", "files", "MANAGEMENT_SERVER_ADDRESS", "127.0.0.1",
                                "MANAGEMENT_SERVER_PORT", "0", "SPRING_DATASOURCE_URL", database.url(),
                                "SPRING_DATASOURCE_USERNAME", TestPostgres.USER))) {
            database.execute("create table users_copied (like users including all)",
                    "alter table users_copied alter column id set default uuidv7()");
            String file = found("\"id\":\"([^\"]+)", upload(api));
            var all = new Alternating<Double>().peer(psql ? "psql's \\copy" : "COPY … FROM STDIN by pgjdbc", this::copy)
                    .peer("import-users", () -> imported(api, worker, file)).rounds(WARM_UP, ROUNDS);
            return table(all);
        }
    }

    private static String table(List<Rounds<Double>> all) {
        var table = new Table("a million users, three indexes", "seconds", "rows/s", "% of the first");
        for (var rounds : all) {
            table.row(rounds.name(), rounds.spread(seconds -> seconds).text(1),
                    rounds.spread(seconds -> ROWS / seconds).text(0),
                    rounds.percentOf(all.getFirst(), seconds -> 1 / seconds).text(0));
        }
        return table.toString();
    }

    /** Seconds. */
    private double copy() throws Exception {
        database.execute("truncate users_copied", "checkpoint");
        long start = System.nanoTime();
        if (psql) {
            run("psql", "-q", "-X", "-v", "ON_ERROR_STOP=1", "-c",
                    "\\copy users_copied (email, full_name) from '" + csv + "' with (format csv, header)",
                    database.url().substring("jdbc:".length()));
        } else {
            copyByDriver();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        requireAll("users_copied");
        return seconds;
    }

    private void copyByDriver() throws SQLException, IOException {
        try (var connection = DriverManager.getConnection(database.url()); var content = Files.newInputStream(csv)) {
            connection.unwrap(PGConnection.class).getCopyAPI().copyIn(
                    "copy users_copied (email, full_name) from stdin with (format csv, header)", content);
        }
    }

    private double imported(ApiProcess api, JarProcess worker, String file) throws Exception {
        database.execute("truncate users cascade", "checkpoint");
        String body = "{\"type\":\"import-users\",\"payload\":{\"fileId\":\"" + file + "\"}}";
        String answer = call(api, request(api, "/jobs").header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
        String job = found("\"id\":\"([^\"]+)", answer);
        String view = call(api, request(api, "/jobs/" + job));
        while (!view.contains("\"state\":\"SUCCEEDED\"")) {
            if (!worker.isAlive() || view.contains("\"state\":\"FAILED\"")) {
                throw new IOException("the import has failed: " + view + worker.output());
            }
            Thread.sleep(Duration.ofMillis(50));
            view = call(api, request(api, "/jobs/" + job));
        }
        requireAll("users");
        var start = Instant.parse(found("\"startedAt\":\"([^\"]+)", view));
        return Duration.between(start, Instant.parse(found("\"finishedAt\":\"([^\"]+)", view))).toNanos() / 1e9;
    }

    private String upload(ApiProcess api) throws Exception {
        BodyPublisher content = BodyPublishers.ofFile(csv);
        return call(api, request(api, "/files").header("Content-Type", "text/csv")
                .header("Content-Disposition", "attachment; filename=\"users.csv\"").POST(content));
    }

    private static HttpRequest.Builder request(ApiProcess api, String path) {
        String[] authorization = ApiProcess.authorization().split(": ", 2);
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api.port() + path)).header(authorization[0],
                authorization[1]);
    }

    private String call(ApiProcess api, HttpRequest.Builder request) throws IOException, InterruptedException {
        var answer = client.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException("the API at port " + api.port() + " answered " + answer.statusCode() + ": "
                    + answer.body());
        }
        return answer.body();
    }

    private static String found(String pattern, String text) throws IOException {
        var matcher = Pattern.compile(pattern).matcher(text);
        if (!matcher.find()) {
            throw new IOException("there is no " + pattern + " in " + text);
        }
        return matcher.group(1);
    }

    private void requireAll(String table) throws SQLException {
        database.execute("do $$ begin assert (select count(*) from " + table + ") = " + ROWS + "; end $$");
    }

    private static boolean isTherePsql() {
        try {
            return run("psql", "--version");
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(output);
        }
        return true;
    }
}
