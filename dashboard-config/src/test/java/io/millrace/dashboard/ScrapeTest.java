package io.millrace.dashboard;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import static io.millrace.dashboard.DashboardProcess.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

/** What Prometheus gets of a dashboard that somebody has looked at. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScrapeTest {

    private final DashboardProcess process = DashboardProcess.start();

    @AfterAll
    void stop() {
        process.close();
    }

    @Test
    void hasLittleThatIsNotMillracesOwn() throws Exception {
        try (var visitor = process.visitor("10.0.0.1")) {
            visitor.signIn("operator", PASSWORD);
            for (var page : List.of("/queues", "/audit", "/nowhere")) {
                visitor.get(page);
            }
            var scrape = visitor.send(HttpRequest.newBuilder(
                    URI.create("http://127.0.0.1:" + process.managementPort() + "/actuator/prometheus")));

            var series = scrape.body().lines().filter(line -> !line.startsWith("#")).toList();
            assertThat(series).as("pages are measured").anyMatch(each -> each.startsWith("http_server_requests_"));
            assertThat(series).filteredOn(each -> !each.startsWith("millrace_")).hasSizeBetween(50, 120)
                    .noneMatch(each -> each.startsWith("spring_security_") || each.startsWith("tomcat_"));
        }
    }
}
