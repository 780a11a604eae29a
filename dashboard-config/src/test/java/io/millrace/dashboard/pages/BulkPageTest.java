package io.millrace.dashboard.pages;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.millrace.jobs.EnqueueOptions;
import io.millrace.jobs.JobQueue;
import io.millrace.jobs.JobQueues;
import io.millrace.jobs.JobStatus;

import static org.assertj.core.api.Assertions.assertThat;

class BulkPageTest {

    private final RunningDashboard dashboard = RunningDashboard.shared();
    private final Person operator = dashboard.operator();

    @Test
    void saysWhatWouldBePutBackAndThenPutsBackThat() {
        var some = failed("bulk-1", 3);
        failed("bulk-2", 1);
        dashboard.bean(JobQueues.class).pause("bulk-1");

        var preview = operator.page("/search/retry?queue=bulk-1&error=broken");
        assertThat(Html.text(preview)).contains("3 jobs fit", "break-down 3", "Put them back: 3 jobs");
        assertThat(preview).contains(some.getFirst().toString(), "name=\"queue\" value=\"bulk-1\"",
                "name=\"error\" value=\"broken\"", "name=\"previewed\" value=\"3\"");

        var done = operator.post("/search/retry", Map.of("queue", "bulk-1", "error", "broken", "previewed", "4"));
        assertThat(Html.text(done.body()))
                .contains("3 jobs were put back into their queues; the preview had said 4", "No job fits just now");
        assertThat(some).allSatisfy(id -> assertThat(state(id)).isEqualTo(JobStatus.State.ENQUEUED));
    }

    @Test
    void deletesFailedJobs() {
        var some = failed("bulk-3", 2);

        assertThat(Html.text(operator.page("/search/delete?queue=bulk-3&exception=IllegalStateException")))
                .contains("2 jobs fit", "Delete them: 2 jobs");
        assertThat(Html.text(operator.page("/search/delete?queue=bulk-3&exception=IOException")))
                .contains("No job fits just now");
        var done = operator.post("/search/delete",
                Map.of("queue", "bulk-3", "exception", "IllegalStateException", "previewed", "2"));
        assertThat(Html.text(done.body())).contains("2 jobs were deleted.");
        assertThat(some).allSatisfy(id -> assertThat(state(id)).isEqualTo(JobStatus.State.DELETED));
    }

    @Test
    void cancelsWaitingJobs() {
        dashboard.bean(JobQueues.class).pause("bulk-4");
        var id = dashboard.enqueue(new CountWords("a"), EnqueueOptions.DEFAULTS.withQueue("bulk-4"));

        assertThat(operator.page("/search?state=ENQUEUED&queue=bulk-4"))
                .contains("/search/cancel?queue=bulk-4&amp;state=ENQUEUED");
        assertThat(Html.text(operator.page("/search/cancel?state=ENQUEUED&queue=bulk-4"))).contains("1 job fits");
        assertThat(Html.text(operator.post("/search/cancel", Map.of("state", "ENQUEUED", "queue", "bulk-4")).body()))
                .contains("1 job was cancelled.");
        assertThat(state(id)).isEqualTo(JobStatus.State.DELETED);
    }

    @Test
    void doesNothingThatCannotBeMeant() {
        operator.page("/queues");

        assertThat(operator.get("/search/eat").statusCode()).isEqualTo(404);
        var preview = operator.get("/search/retry?from=soon");
        assertThat(preview.statusCode()).isEqualTo(400);
        assertThat(Html.text(preview.body())).contains("from must be a date");
        assertThat(operator.post("/search/retry", Map.of("from", "soon")).statusCode()).isEqualTo(400);
        assertThat(operator.post("/search/cancel", Map.of("state", "FAILED")).statusCode()).isEqualTo(400);
    }

    @Test
    void doesNothingForAViewer() {
        var some = failed("bulk-5", 1);
        var viewer = dashboard.viewer();

        assertThat(Html.text(viewer.page("/search/retry?queue=bulk-5"))).contains("1 job fits", "you look on")
                .doesNotContain("Put them back");
        assertThat(viewer.page("/search?state=FAILED&queue=bulk-5")).doesNotContain("/search/");
        assertThat(viewer.post("/search/retry", Map.of("queue", "bulk-5")).statusCode()).isEqualTo(403);
        assertThat(state(some.getFirst())).isEqualTo(JobStatus.State.FAILED);
    }

    private List<UUID> failed(String queue, int jobs) {
        return IntStream.range(0, jobs)
                .mapToObj(number -> dashboard.until(JobStatus.State.FAILED, new BreakDown("broken " + number),
                        EnqueueOptions.DEFAULTS.withQueue(queue)))
                .toList();
    }

    private JobStatus.State state(UUID id) {
        return dashboard.bean(JobQueue.class).find(id).orElseThrow().state();
    }
}
