package io.millrace.dashboard.pages;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.millrace.jobs.EnqueueOptions;
import io.millrace.jobs.JobQueues;
import io.millrace.jobs.JobStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class QueuesPageTest {

    private final RunningDashboard dashboard = RunningDashboard.shared();
    private final Person operator = dashboard.operator();

    @Test
    void showsWhatWaitsRunsAndHasFailedInEachQueue() {
        dashboard.bean(JobQueues.class).pause("held");
        dashboard.bean(JobQueues.class).limitRate("held", 100, Duration.ofSeconds(1));
        dashboard.enqueue(new CountWords("a b"), EnqueueOptions.DEFAULTS.withQueue("held"));
        dashboard.until(JobStatus.State.FAILED, new BreakDown("it broke"), EnqueueOptions.DEFAULTS);

        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            var page = operator.page("/queues");
            assertThat(Html.row(page, "held")).contains("paused", "1", "100 per 1 s", "0 of 16", "Resume");
            assertThat(Html.row(page, "repairs")).contains(" of 16", "none", "Pause");
            assertThat(Html.text(page)).contains("1 worker is alive", "ago");
        });
    }

    @Test
    void pausesAndResumesAQueueAndSaysSo() {
        operator.page("/queues");

        var paused = operator.post("/queues/elsewhere/pause", Map.of());
        assertThat(paused.statusCode()).isEqualTo(200);
        assertThat(Html.text(paused.body())).contains("The queue elsewhere is paused");
        assertThat(Html.row(paused.body(), "elsewhere")).contains("paused", "Resume");
        assertThat(dashboard.bean(JobQueues.class).paused()).contains("elsewhere");
        assertThat(Html.text(operator.page("/queues"))).as("said once").doesNotContain("The queue elsewhere is paused");

        var resumed = operator.post("/queues/elsewhere/resume", Map.of());
        assertThat(Html.text(resumed.body())).contains("The queue elsewhere goes on");
        assertThat(dashboard.bean(JobQueues.class).paused()).doesNotContain("elsewhere");
    }

    @Test
    void letsAViewerLookOnly() {
        var viewer = dashboard.viewer();

        assertThat(viewer.page("/queues")).doesNotContain("/pause\"", "/resume\"");
        assertThat(viewer.post("/queues/mail/pause", Map.of()).statusCode()).isEqualTo(403);
        assertThat(dashboard.bean(JobQueues.class).paused()).doesNotContain("mail");
    }

    @Test
    void knowsNoQueueOfAnImpossibleName() {
        operator.page("/queues");

        for (var name : List.of("UPPER", "a%20b", "%3Cscript%3E")) {
            var answer = operator.post("/queues/" + name + "/pause", Map.of());
            assertThat(answer.statusCode()).as(name).isEqualTo(404);
            assertThat(answer.body()).contains("There is no queue").doesNotContain("<script>");
        }
    }
}
