package io.millrace.dashboard.pages;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import io.millrace.testkit.KillablePostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class DatabaseAwayTest {

    @Test
    void saysSoOnEachPageAndIsBackWithIt() throws Exception {
        try (var postgres = new KillablePostgres()) {
            var dashboard = RunningDashboard.on(postgres.url(), "--millrace.jobs.worker.enabled=false");
            try {
                var operator = dashboard.operator();
                operator.page("/queues");
                postgres.kill();

                for (var path : List.of("/queues", "/job-types/count-words", "/search", "/workers", "/schedules",
                        "/audit",
                        "/jobs/" + UUID.randomUUID())) {
                    var answer = operator.get(path);
                    assertThat(answer.statusCode()).as(path).isEqualTo(503);
                    assertThat(Html.text(answer.body())).as(path).contains("The database cannot be reached")
                            .doesNotContain("Exception", "at io.millrace", "jdbc");
                }
                assertThat(operator.post("/queues/mail/pause", Map.of()).statusCode()).isEqualTo(503);

                postgres.restart();
                await().atMost(Duration.ofSeconds(40)).untilAsserted(
                        () -> assertThat(operator.get("/queues").statusCode()).isEqualTo(200));
            } finally {
                dashboard.close();
            }
        }
    }
}
