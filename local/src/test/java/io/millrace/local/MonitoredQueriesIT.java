package io.millrace.local;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.millrace.local.deployment.ProjectFiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What alerts, scaling and Grafana ask for is there: every metric, and every label that a query goes by. */
class MonitoredQueriesIT {

    private static final Path MONITORING = ProjectFiles.root().resolve("monitoring");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    private Path parent;

    @Test
    void askForMetricsAndLabelsThatARunningPlatformExports() throws Exception {
        var queries = queries();
        assertThat(queries).hasSizeGreaterThan(60);
        try (var local = LocalProcess.start(parent.toRealPath().resolve("data")).awaitReady()) {
            String user = post(local, "/users", """
                                                {"email": "ada@example.org", "fullName": "Ada Lovelace"}
                                                """);
            send(HttpRequest.newBuilder(address(local, "server.port", "/users/" + id(user) + "/profile")));
            post(local, "/queues/mail/pause", "");
            // Waits, so that there is a type of which something does.
            post(local, "/jobs", """
                                 {"type": "send-email", "payload": {"to": "a@example.org", "subject": "a", "text": "a"}}
                                 """);

            // Figures are taken now and then; a metric of which nothing was seen yet comes with the first.
            await().atMost(Duration.ofMinutes(1)).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
                var exported = ExportedMetrics.of(scrape(local, "management.server.port")
                        + scrape(local, "millrace.local.dashboard-management-port"));
                assertThat(queries.stream().flatMap(query -> query.complaints(exported).stream()).distinct()).isEmpty();
            });
        }
    }

    @Test
    void wouldNoticeWhatNobodyExports() {
        var exported = ExportedMetrics.of("jobs_total{type=\"a\",queue=\"q\"} 1.0\n");

        assertThat(new MonitoredQuery("sum by (type) (rate(jobs_total{queue=\"q\"}[5m]))").complaints(exported))
                .isEmpty();
        assertThat(new MonitoredQuery("job_total").complaints(exported)).hasSize(1);
        assertThat(new MonitoredQuery("jobs_total{kind=\"a\"}").complaints(exported)).hasSize(1);
        assertThat(new MonitoredQuery("max by (kind) (jobs_total)").complaints(exported)).hasSize(1);
    }

    /** Of all rules and panels. */
    private static List<MonitoredQuery> queries() throws Exception {
        var queries = new ArrayList<MonitoredQuery>();
        Set<String> recorded = new TreeSet<>();
        for (String rules : List.of("alerts.yml", "scaling.yml")) {
            Object yaml = new Yaml(new SafeConstructor(new LoaderOptions()))
                    .load(Files.readString(MONITORING.resolve(rules)));
            JsonNode file = JSON.valueToTree(yaml);
            file.findValues("expr").forEach(expr -> queries.add(new MonitoredQuery(expr.asString())));
            file.findValues("record").forEach(name -> recorded.add(name.asString()));
        }
        JSON.readTree(Files.readString(MONITORING.resolve("grafana/dashboards/millrace.json"))).findValues("expr")
                .stream().map(JsonNode::asString).filter(expr -> !recorded.contains(expr))
                .forEach(expr -> queries.add(new MonitoredQuery(expr)));
        return queries;
    }

    private static String scrape(LocalProcess local, String port) throws Exception {
        return send(HttpRequest.newBuilder(address(local, port, "/actuator/prometheus")));
    }

    private static String post(LocalProcess local, String path, String json) throws Exception {
        return send(HttpRequest.newBuilder(address(local, "server.port", path))
                .header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    private static String id(String answer) {
        return JSON.readTree(answer).path("id").asString();
    }

    private static URI address(LocalProcess local, String port, String path) {
        return URI.create("http://127.0.0.1:" + local.port(port) + path);
    }

    private static String send(HttpRequest.Builder request) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(request.build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
            return answer.body();
        }
    }
}
