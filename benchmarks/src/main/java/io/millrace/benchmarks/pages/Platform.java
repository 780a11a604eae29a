package io.millrace.benchmarks.pages;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import io.millrace.benchmarks.MeasuredProcess;
import io.millrace.testkit.FreePort;
import io.millrace.testkit.TestPostgres;

/** A database with so many jobs, and the dashboard's process on it, which everybody may look at without a password. */
final class Platform implements AutoCloseable {

    private static final Pattern JOB = Pattern.compile("href=\"/jobs/[0-9a-f-]{36}\"");

    private final MeasuredProcess dashboard;
    private final int port;
    private final List<AskedPage> pages;

    private Platform(MeasuredProcess dashboard, int port, List<AskedPage> pages) {
        this.dashboard = dashboard;
        this.port = port;
        this.pages = pages;
    }

    /** Starts the dashboard, which makes the tables, and fills them unless they hold jobs already. */
    static Platform of(String name, String database, int jobs) throws Exception {
        int port = FreePort.find();
        var dashboard = MeasuredProcess.start("dashboard-config", "dashboard-" + name, List.of("-Xmx256m"),
                "org.springframework.boot.loader.launch.JarLauncher",
                Map.of("SPRING_DATASOURCE_URL", database, "SPRING_DATASOURCE_USERNAME", TestPostgres.USER,
                        "MILLRACE_DASHBOARD_ADDRESS", "127.0.0.1", "MILLRACE_DASHBOARD_PORT", Integer.toString(port),
                        "MILLRACE_DASHBOARD_OPEN", "true"));
        try (var connection = DriverManager.getConnection(database)) {
            var jobRunr = new JobRunrsPages(TestPostgres.dataSource(database));
            var rows = new JobRows(connection);
            if (rows.texts("select 1 from millrace_jobs.jobrunr_jobs limit 1").isEmpty()) {
                rows.fill(jobs);
                RowsBeside.fill(rows);
                jobRunr.fill(rows);
                rows.execute("vacuum (analyze)");
            }
            if (rows.texts("select 1 from millrace_jobs.job_zones limit 1").isEmpty()) {
                ZonesOfJobs.map(database);
                rows.execute("vacuum (analyze) millrace_jobs.job_zones", "checkpoint");
            }
            return new Platform(dashboard, port, AskedPages.of(rows, jobRunr));
        }
    }

    int port() {
        return port;
    }

    List<AskedPage> pages() {
        return pages;
    }

    /** What the page shows, which has to be one. */
    Shown shown(String path) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var answer = client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
                    BodyHandlers.ofString());
            if (answer.statusCode() >= 400 || answer.body().contains("cannot be read")) {
                throw new IOException(path + " answered " + answer.statusCode());
            }
            long jobs = JOB.matcher(answer.body()).results().map(link -> link.group()).distinct().count();
            return new Shown(jobs,
                    answer.body().contains(">Go on<") || answer.body().contains("longer than five seconds"));
        }
    }

    /**
     * Links to jobs on a page.
     *
     * @param isStopped
     *            whether it says that it gave up before it had looked at all
     */
    record Shown(long jobs, boolean isStopped) {

        @Override
        public String toString() {
            return jobs + (isStopped ? ", stopped" : "");
        }
    }

    @Override
    public void close() {
        dashboard.close();
    }
}
