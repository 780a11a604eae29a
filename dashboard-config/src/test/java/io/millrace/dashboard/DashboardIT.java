package io.millrace.dashboard;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

import io.millrace.jobs.EnqueueOptions;
import io.millrace.jobs.JobQueue;
import io.millrace.jobs.OperatorAction;
import io.millrace.jobs.OperatorActions;

import static io.millrace.dashboard.DashboardProcess.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The whole process on a real Postgres, asked as people, their browsers and their tools ask it. */
class DashboardIT {

    private static final String SECRET = "ada@example.org";
    private static final String VIEWERS = "look-but-do-not-touch";
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private static DashboardProcess process;
    private static UUID job;

    @BeforeAll
    static void start() {
        process = DashboardProcess.start("--millrace.jobs.worker.enabled=true",
                "--millrace.dashboard.users[0].name=vera",
                "--millrace.dashboard.users[0].password={bcrypt}" + new BCryptPasswordEncoder().encode(VIEWERS));
        process.bean(JobQueue.class).enqueue(new SendLetter(SECRET));
        job = later(3_000);
    }

    @AfterAll
    static void stop() {
        process.close();
    }

    @Test
    void namesJobsReadablyWithoutTheirPayload() throws Exception {
        for (var path : List.of("/api/jobs?state=SCHEDULED&offset=0&limit=20&order=updatedAt:DESC",
                "/api/jobs/" + job)) {
            var answer = get(process.at(path));
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("\"jobName\":\"send-letter\"", "user:42").doesNotContain(SECRET);
        }
    }

    @Test
    void tellsItsHealthAndMetricsOnItsManagementPort() throws Exception {
        var management = URI.create("http://127.0.0.1:" + process.managementPort());

        for (var path : List.of("/actuator/health/liveness", "/actuator/health/readiness", "/actuator/prometheus")) {
            assertThat(get(management.resolve(path)).statusCode()).as(path).isEqualTo(200);
        }
        assertThat(get(management.resolve("/actuator/prometheus")).body()).contains(
                "hikaricp_connections_max{pool=\"millrace\"} 3.0", "hikaricp_connections_max{pool=\"engine\"} 3.0");
        assertThat(get(management.resolve("/queues")).statusCode()).as("no page there").isNotEqualTo(200);
    }

    @Test
    void rendersInABrowserWithoutARequestToAnybodyElse() throws Exception {
        try (var browser = signedIn("operator", PASSWORD)) {
            browser.open(process.at("/dashboard"));
            shows(browser, "Processed 1 jobs", "Audit");
            browser.open(process.at("/dashboard/jobs?state=SCHEDULED"));
            shows(browser, "send-letter", "user:42");
            browser.open(process.at("/dashboard/jobs/" + job));
            shows(browser, "send-letter", job.toString());

            assertThat(browser.text()).doesNotContain(SECRET);
            assertThat(browser.requestsSent()).isNotEmpty()
                    .allSatisfy(address -> assertThat(address).startsWith(process.at("/").toString()));
        }
    }

    @Test
    void letsOperatorsChangeJobsAndViewersOnlyLook() throws Exception {
        var doomed = later(3_500);
        String delete = "fetch('/api/jobs/" + doomed + "', {method: 'DELETE'}).then(answer => {"
                + " document.title = 'status ' + answer.status; })";

        try (var browser = signedIn("vera", VIEWERS)) {
            browser.open(process.at("/dashboard/jobs/" + doomed));
            shows(browser, doomed.toString());
            browser.run(delete);
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(browser.run("document.title"))
                    .isEqualTo("status 403"));
        }
        assertThat(process.bean(OperatorActions.class).newest(null, 10)).extracting(OperatorAction::target)
                .doesNotContain(doomed.toString());

        try (var browser = signedIn("operator", PASSWORD)) {
            browser.open(process.at("/dashboard/jobs/" + doomed));
            shows(browser, doomed.toString());
            browser.run(delete);
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(browser.run("document.title"))
                    .isEqualTo("status 204"));
            browser.open(process.at("/audit"));
            shows(browser, "delete-job", doomed.toString(), "done");
            browser.run("document.querySelector('form.leave button').click()");
            shows(browser, "You are signed out.");
            assertThat(browser.requestsSent())
                    .allSatisfy(address -> assertThat(address).startsWith(process.at("/").toString()));
        }
    }

    private static Chromium signedIn(String name, String password) throws Exception {
        var chromium = Chromium.installed();
        assumeTrue(chromium.isPresent(), "no chromium on the path: the pages were not looked at in a browser");
        var browser = new Chromium(chromium.map(Path::toAbsolutePath).orElseThrow());
        browser.open(process.at("/queues"));
        shows(browser, "Sign in");
        browser.run("document.querySelector('[name=username]').value = '" + name + "';"
                + "document.querySelector('[name=password]').value = '" + password + "';"
                + "document.querySelector('main form button').click()");
        shows(browser, "Sign out", name);
        return browser;
    }

    private static void shows(Chromium browser, String... texts) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(browser.text()).contains(texts));
    }

    private static UUID later(int days) {
        return process.bean(JobQueue.class).enqueue(new SendLetter(SECRET),
                EnqueueOptions.DEFAULTS.withLabels(List.of("user:42"))
                        .withRunAt(process.bean(Clock.class).instant().plus(Duration.ofDays(days))));
    }

    private static HttpResponse<String> get(URI address) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(address)
                    .header("Authorization", Visitor.basic("operator", PASSWORD)).build();
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }
}
