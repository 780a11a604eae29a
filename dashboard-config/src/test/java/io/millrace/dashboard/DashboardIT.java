package io.millrace.dashboard;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import io.millrace.jobs.EnqueueOptions;
import io.millrace.jobs.JobQueue;
import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The whole process on a real Postgres, asked as operators and their tools ask it. */
class DashboardIT {

    private static final String PASSWORD = "swordfish-and-salt";
    private static final String SECRET = "ada@example.org";

    private static ConfigurableApplicationContext process;
    private static UUID job;

    @BeforeAll
    static void start() {
        process = SpringApplication.run(DashboardApplication.class, "--server.port=0", "--management.server.port=0",
                "--spring.datasource.url=" + TestPostgres.newDatabase(), "--spring.datasource.username=postgres",
                "--millrace.dashboard.address=127.0.0.1", "--millrace.dashboard.port=0",
                "--millrace.dashboard.password=" + PASSWORD, "--millrace.jobs.worker.enabled=true");
        var queue = process.getBean(JobQueue.class);
        queue.enqueue(new SendLetter(SECRET));
        job = queue.enqueue(new SendLetter(SECRET), EnqueueOptions.DEFAULTS.withLabels(List.of("user:42"))
                .withRunAt(process.getBean(Clock.class).instant().plus(Duration.ofDays(3_000))));
    }

    @AfterAll
    static void stop() {
        process.close();
    }

    @Test
    void namesJobsReadablyWithoutTheirPayload() throws Exception {
        var jobs = get("/api/jobs?state=SCHEDULED&offset=0&limit=20&order=updatedAt:DESC");
        var detail = get("/api/jobs/" + job);

        for (var answer : List.of(jobs, detail)) {
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("\"jobName\":\"send-letter\"", "user:42").doesNotContain(SECRET);
        }
    }

    @Test
    void tellsItsHealthAndMetricsOnItsManagementPort() throws Exception {
        var port = process.getEnvironment().getRequiredProperty("local.management.port");

        for (var path : List.of("/actuator/health/liveness", "/actuator/health/readiness", "/actuator/prometheus")) {
            assertThat(get(URI.create("http://127.0.0.1:" + port + path)).statusCode()).as(path).isEqualTo(200);
        }
        assertThat(get(URI.create("http://127.0.0.1:" + port + "/actuator/prometheus")).body()).contains(
                "hikaricp_connections_max{pool=\"millrace\"} 2.0", "hikaricp_connections_max{pool=\"engine\"} 3.0");
    }

    @Test
    void rendersInABrowserWithoutARequestToAnybodyElse() throws Exception {
        var chromium = Chromium.installed();
        assumeTrue(chromium.isPresent(), "no chromium on the path: the page was not looked at in a browser");

        try (var browser = new Chromium(chromium.get())) {
            browser.sendHeader("Authorization", credentials());

            browser.open(address("/dashboard"));
            await().atMost(Duration.ofSeconds(40)).untilAsserted(() -> assertThat(browser.text())
                    .contains("Processed 1 jobs"));
            browser.open(address("/dashboard/jobs?state=SCHEDULED"));
            await().atMost(Duration.ofSeconds(40))
                    .untilAsserted(() -> assertThat(browser.text()).contains("send-letter", "user:42"));
            browser.open(address("/dashboard/jobs/" + job));
            await().atMost(Duration.ofSeconds(40))
                    .untilAsserted(() -> assertThat(browser.text()).contains("send-letter", job.toString()));

            assertThat(browser.text()).doesNotContain(SECRET);
            assertThat(browser.requestsSent()).isNotEmpty().allSatisfy(
                    address -> assertThat(address).startsWith(address("/").toString()));
        }
    }

    private static URI address(String path) {
        return URI.create("http://127.0.0.1:" + process.getBean(DashboardServer.class).port() + path);
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return get(address(path));
    }

    private static HttpResponse<String> get(URI address) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(address).header("Authorization", credentials()).build();
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    private static String credentials() {
        return "Basic "
                + Base64.getEncoder().encodeToString(("operator:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
    }
}
