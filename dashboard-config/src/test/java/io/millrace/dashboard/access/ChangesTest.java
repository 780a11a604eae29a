package io.millrace.dashboard.access;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.millrace.dashboard.Visitor;

import static io.millrace.dashboard.DashboardProcess.PASSWORD;
import static io.millrace.dashboard.Visitor.basic;
import static io.millrace.dashboard.access.People.PROCESS;
import static io.millrace.dashboard.access.People.VIEWERS;
import static org.assertj.core.api.Assertions.assertThat;

/** Who may change something, and from where. */
class ChangesTest {

    private final Visitor visitor = PROCESS.visitor(People.nextAddress());

    @AfterEach
    void leave() {
        visitor.close();
    }

    @ParameterizedTest
    @CsvSource({"DELETE, /api/jobs/0190f5a2-0000-7000-8000-000000000000",
            "POST, /api/jobs/0190f5a2-0000-7000-8000-000000000000/requeue", "DELETE, /api/recurring-jobs/none",
            "POST, /api/recurring-jobs/none/trigger", "DELETE, /api/problems/none", "POST, /queues/mail/pause",
            "POST, /schedules/nightly/run",
            "PUT, /queues", "PATCH, /anything", "POST, /dashboard", "POST, /sse/jobstats", "OPTIONS, /queues"})
    void letsViewersChangeNothing(String method, String path) throws Exception {
        visitor.signIn("vera", VIEWERS);

        var answer = method.equals("POST") && !path.startsWith("/api")
                ? visitor.post(path, visitor.get("/queues").body(), Map.of())
                : visitor.change(method, path);

        assertThat(answer.statusCode()).isEqualTo(403);
    }

    @Test
    void tellsViewersWhy() throws Exception {
        visitor.signIn("vera", VIEWERS);

        assertThat(visitor.change("DELETE", "/api/recurring-jobs/none").body())
                .isEqualTo("Only operators may change anything: you are signed in as a viewer.\n");
    }

    @ParameterizedTest
    @CsvSource({"Sec-Fetch-Site, cross-site", "Sec-Fetch-Site, same-site", "Sec-Fetch-Site, none",
            "Origin, https://evil.example", "Origin, null", "Origin, http://127.0.0.1", "X-None, none"})
    void refusesChangesOfOtherSitesPages(String header, String value) throws Exception {
        for (String method : new String[]{"POST", "DELETE", "PUT", "PATCH"}) {
            var answer = visitor.send(visitor.request("/api/recurring-jobs/none")
                    .header("Authorization", basic("operator", PASSWORD)).header(header, value)
                    .method(method, BodyPublishers.noBody()));
            assertThat(answer.statusCode()).as(method).isEqualTo(403);
            assertThat(answer.body()).contains("the dashboard's own pages");
        }
    }

    @Test
    void letsOperatorsChangeThingsFromItsOwnPages() throws Exception {
        visitor.signIn("operator", PASSWORD);

        assertThat(visitor.change("DELETE", "/api/recurring-jobs/none").statusCode())
                .as("asked JobRunr, which has no such job").isEqualTo(404);
        var bySite = visitor.request("/api/recurring-jobs/none").DELETE().header("Sec-Fetch-Site", "same-origin");
        assertThat(visitor.send(bySite).statusCode()).isEqualTo(404);
    }

    @Test
    void refusesAFormWithoutTheTokenOfItsPage() throws Exception {
        visitor.signIn("operator", PASSWORD);

        var answer = visitor.post("/logout", "a page without a token", Map.of());

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("This page is out of date");
        assertThat(visitor.get("/queues").statusCode()).as("still signed in").isEqualTo(200);
    }
}
