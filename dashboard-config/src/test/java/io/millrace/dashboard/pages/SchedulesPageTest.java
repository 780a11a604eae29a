package io.millrace.dashboard.pages;

import java.time.ZoneId;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.millrace.jobs.JobSchedules;
import io.millrace.jobs.ScheduleOptions;

import static org.assertj.core.api.Assertions.assertThat;

class SchedulesPageTest {

    private final RunningDashboard dashboard = RunningDashboard.shared();
    private final Person operator = dashboard.operator();

    @Test
    void showsWhenASchedulesJobsAreDueAndPausesIt() {
        schedule("nightly");

        var page = operator.page("/schedules");
        assertThat(Html.row(page, "nightly")).contains("count-words", "0 3 1 1 *", "in Europe/Berlin",
                "-01-01 02:00:00",
                "never", "Missed times are left out; never two jobs at once.", "Pause", "Run now");

        var paused = operator.post("/schedules/nightly/pause", Map.of());
        assertThat(Html.text(paused.body())).contains("The schedule nightly is paused.");
        assertThat(Html.row(paused.body(), "0 3 1 1 *")).contains("paused", "Resume").doesNotContain("-01-01 02:00:00");
        assertThat(Html.text(operator.post("/schedules/nightly/resume", Map.of()).body()))
                .contains("The schedule nightly goes on");
    }

    @Test
    void runsASchedulesJobNow() {
        schedule("by-hand");
        operator.page("/schedules");

        var job = operator.post("/schedules/by-hand/run", Map.of());

        assertThat(job.uri().getPath()).startsWith("/jobs/");
        assertThat(Html.text(job.body())).contains("The schedule by-hand has this job in the queue.", "count-words",
                "schedule:by-hand");
        assertThat(Html.row(operator.page("/schedules"), "by-hand")).contains("its job");
    }

    @Test
    void knowsNothingOfOtherSchedulesAndLetsAViewerLookOnly() {
        schedule("looked-at");
        operator.page("/schedules");
        var viewer = dashboard.viewer();

        assertThat(operator.post("/schedules/none/pause", Map.of()).statusCode()).isEqualTo(404);
        assertThat(operator.post("/schedules/a%20b/run", Map.of()).statusCode()).isEqualTo(404);
        assertThat(operator.get("/schedules?after=x").statusCode()).isEqualTo(400);
        assertThat(viewer.page("/schedules")).contains("looked-at").doesNotContain("/schedules/looked-at/pause");
        assertThat(viewer.post("/schedules/looked-at/pause", Map.of()).statusCode()).isEqualTo(403);
    }

    private void schedule(String id) {
        dashboard.bean(JobSchedules.class).put(id, new CountWords("a b"),
                ScheduleOptions.cron("0 3 1 1 *", ZoneId.of("Europe/Berlin"))
                        .withMissedRuns(ScheduleOptions.MissedRuns.SKIP).withOverlap(ScheduleOptions.Overlap.SKIP));
    }
}
