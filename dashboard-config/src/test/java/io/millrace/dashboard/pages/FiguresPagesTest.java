package io.millrace.dashboard.pages;

import java.time.Duration;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.millrace.jobs.JobEvents;
import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The pages of job types, workers, mail and files. */
class FiguresPagesTest {

    private static RunningDashboard dashboard;
    private static Person viewer;

    /** One of its own: others' jobs would be among the figures. */
    @BeforeAll
    static void start() {
        dashboard = RunningDashboard.on(TestPostgres.newDatabase());
        viewer = dashboard.viewer();
    }

    @AfterAll
    static void stop() {
        dashboard.close();
    }

    @Test
    void showHowJobTypesFaredWithCharts() {
        dashboard.tell("count-words", "files", JobEvents.Outcome.SUCCEEDED, 30);
        dashboard.tell("break-down", "repairs", JobEvents.Outcome.FAILED, 3);

        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            var page = viewer.page("/job-types");
            assertThat(Html.row(page, "break-down")).contains("100 %", "ms");
            assertThat(Html.row(page, "count-words")).contains("0 %", "ms");
            assertThat(page).contains("class=\"small-chart\"", "<rect class=\"failed\"", "<rect class=\"succeeded\"");
        });
        for (var window : new String[]{"1h", "24h", "7d"}) {
            var page = viewer.page("/job-types/break-down?window=" + window);
            assertThat(Html.text(page)).contains("Failure rate 100 %", "Runs by what became of them", "failed",
                    "How long runs took", "p99", "As a table");
            assertThat(page).contains("<svg class=\"chart\"", "role=\"img\"", "<path class=\"line p50\"",
                    "/search?type=break-down&amp;state=FAILED");
        }
        assertThat(viewer.get("/job-types?window=1y").statusCode()).isEqualTo(400);
        assertThat(Html.text(viewer.page("/job-types/none"))).contains("Nothing of this type happened in this time.");
    }

    @Test
    void showWorkers() {
        assertThat(Html.row(viewer.page("/workers"), "worker-of-the-test")).contains("alive", "of 16", "all", "ago");
        assertThat(Html.text(viewer.page("/workers"))).contains("1 worker is alive", "of 16 slots");
    }

    @Test
    void showMailAndFilesAsFarAsTheyAreInThisDatabase() {
        dashboard.jdbc().sql("create table if not exists mails (state text)").update();
        dashboard.jdbc().sql("insert into mails values ('SENT'), ('SENT'), ('FAILED')").update();

        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(Html.text(viewer.page("/mail-and-files")))
                .contains("SENT 2", "FAILED 1", "There is no table files in this database.", "Jobs of the queue mail",
                        "Jobs of the queue files"));
    }
}
