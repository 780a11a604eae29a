package io.millrace.dashboard.pages;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import io.millrace.jobs.EnqueueOptions;
import io.millrace.jobs.JobStatus;
import io.millrace.jobs.OperatorAction;
import io.millrace.jobs.OperatorActions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class StoryPageTest {

    private final RunningDashboard dashboard = RunningDashboard.shared();
    private final Person operator = dashboard.operator();

    @Test
    void tellsWhatBecameOfAJobAndItsResult() {
        var id = dashboard.until(JobStatus.State.SUCCEEDED, new CountWords("two words"), EnqueueOptions.DEFAULTS
                .withLabels(List.of("book:1")).withConcurrencyLimit("shelf-1", 3).withEnqueuedBy("key-7"));

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(Html.text(operator.page("/jobs/" + id)))
                .contains("count-words SUCCEEDED", id.toString(), "files", "1 of 10", "Payload version 2",
                        "Enqueued by key-7", "Concurrency key shelf-1", "book:1", "ENQUEUED", "PROCESSING",
                        "on worker-of-the-test", "there are 2", "\"words\" : 2", "\"first\" : \"two\"", "2 of 2, 100 %",
                        "Kept until"));
        assertThat(operator.page("/jobs/" + id)).doesNotContain("two words", ">Retry<", ">Cancel<", ">Delete<");
    }

    @Test
    void showsAnErrorWithItsStackTraceAndPutsTheJobBack() {
        var id = dashboard.until(JobStatus.State.FAILED, new BreakDown("no oil"), EnqueueOptions.DEFAULTS);

        var page = operator.page("/jobs/" + id);
        assertThat(Html.text(page)).contains("break-down FAILED", "IllegalStateException no oil", "Stack trace",
                "BreakDownHandler.handle", "Retry", "Delete");
        var retried = operator.post("/jobs/" + id + "/retry", Map.of());
        assertThat(Html.text(retried.body())).contains("The job is back at the end of its queue's line");
        dashboard.await(JobStatus.State.FAILED, id);
        assertThat(Html.text(operator.page("/jobs/" + id)).split("BreakDownHandler.handle", -1)).hasSizeGreaterThan(2);
    }

    @Test
    void cancelsARunningJob() {
        var id = dashboard.until(JobStatus.State.PROCESSING, new KeepBusy(60), EnqueueOptions.DEFAULTS);

        await().atMost(Duration.ofSeconds(20)).untilAsserted(
                () -> assertThat(Html.text(operator.page("/jobs/" + id))).contains("30 of 100, 30 %", "Cancel"));
        assertThat(Html.text(operator.post("/jobs/" + id + "/cancel", Map.of()).body()))
                .contains("The job is cancelled", "keep-busy DELETED");
        assertThat(Html.text(operator.post("/jobs/" + id + "/cancel", Map.of()).body()))
                .contains("Nothing was done: the job has ended already");
        assertThat(dashboard.bean(OperatorActions.class).newest(null, 2)).extracting(OperatorAction::outcome)
                .containsExactly("nothing done", "done");
        assertThat(Html.text(operator.post("/jobs/" + id + "/retry", Map.of()).body()))
                .contains("Nothing was done: only a FAILED job can be put back");
    }

    @Test
    void deletesAFailedJob() {
        var id = dashboard.until(JobStatus.State.FAILED, new BreakDown("for good"), EnqueueOptions.DEFAULTS);
        operator.page("/jobs/" + id);

        assertThat(Html.text(operator.post("/jobs/" + id + "/delete", Map.of()).body()))
                .contains("The job is deleted", "break-down DELETED");
        assertThat(Html.text(operator.post("/jobs/" + id + "/delete", Map.of()).body()))
                .contains("Nothing was done: only a FAILED job can be deleted");
    }

    @Test
    void changesNothingForAViewer() {
        var id = dashboard.until(JobStatus.State.FAILED, new BreakDown("looked at"), EnqueueOptions.DEFAULTS);
        var viewer = dashboard.viewer();

        assertThat(viewer.page("/jobs/" + id)).doesNotContain(">Retry<", ">Delete<");
        for (var action : List.of("retry", "cancel", "delete")) {
            assertThat(viewer.post("/jobs/" + id + "/" + action, Map.of()).statusCode()).isEqualTo(403);
        }
        assertThat(Html.text(viewer.page("/jobs/" + id))).contains("break-down FAILED");
    }

    @Test
    void knowsNothingOfOtherJobs() {
        operator.page("/queues");

        for (var id : List.of(UUID.randomUUID().toString(), "42")) {
            assertThat(operator.get("/jobs/" + id).statusCode()).isEqualTo(404);
            assertThat(Html.text(operator.get("/jobs/" + id).body())).contains("There is no job " + id);
            assertThat(operator.post("/jobs/" + id + "/retry", Map.of()).statusCode()).isEqualTo(404);
            assertThat(operator.post("/jobs/" + id + "/delete", Map.of()).statusCode()).isEqualTo(404);
        }
    }
}
