package io.millrace.dashboard.pages;

import java.time.ZoneId;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import io.millrace.jobs.JobSchedules;
import io.millrace.jobs.JobStatus;
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
    void runsAScheduleWhereItsJobTypeIsNotKnown() {
        schedule("elsewhere");
        schedule("of-nobody");
        dashboard.jdbc().sql("update millrace_jobs.job_schedules set type = 'no-such-type' where id = 'of-nobody'")
                .update();
        var alone = dashboard.alone();
        try {
            var person = alone.operator();
            assertThat(Html.row(person.page("/schedules"), "elsewhere")).contains("Run now");

            var job = person.post("/schedules/elsewhere/run", Map.of());

            assertThat(Html.text(job.body())).contains("The schedule elsewhere has this job in the queue.",
                    "count-words");
            var id = UUID.fromString(job.uri().getPath().substring("/jobs/".length()));
            dashboard.await(JobStatus.State.SUCCEEDED, id);
            assertThat(Html.row(person.page("/audit"), "elsewhere")).contains("run-schedule", "operator", "done");

            person.page("/schedules");
            assertThat(Html.text(person.post("/schedules/of-nobody/run", Map.of()).body()))
                    .contains("The schedule of-nobody cannot run: no worker has said yet what its job type is.");
            assertThat(Html.row(person.page("/audit"), "of-nobody")).contains("run-schedule", "nothing done");
        } finally {
            alone.close();
        }
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
        assertThat(viewer.post("/schedules/looked-at/run", Map.of()).statusCode()).isEqualTo(403);
    }

    private void schedule(String id) {
        dashboard.bean(JobSchedules.class).put(id, new CountWords("a b"),
                ScheduleOptions.cron("0 3 1 1 *", ZoneId.of("Europe/Berlin"))
                        .withMissedRuns(ScheduleOptions.MissedRuns.SKIP).withOverlap(ScheduleOptions.Overlap.SKIP));
    }
}
