package io.millrace.dashboard.pages;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;

import org.junit.jupiter.api.Test;

import io.millrace.jobs.EnqueueOptions;
import io.millrace.jobs.JobQueue;
import io.millrace.jobs.JobQueues;
import io.millrace.jobs.JobStatus;
import io.millrace.jobs.OperatorAction;
import io.millrace.jobs.OperatorActions;

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
    void leavesAloneWhatHasComeSinceThePreview() {
        dashboard.bean(JobQueues.class).pause("bulk-6");
        failed("bulk-7", 1);
        var options = EnqueueOptions.DEFAULTS.withQueue("bulk-6");
        dashboard.enqueue(new CountWords("a"), options);

        var cancel = operator.page("/search/cancel?queue=bulk-6");
        var delete = operator.page("/search/delete?queue=bulk-7");
        var came = dashboard.enqueue(new CountWords("b"), options);
        var failed = failed("bulk-7", 1).getFirst();

        assertThat(Html.text(cancel)).contains("Meant are those that were enqueued before", "when this page was made");
        assertThat(Html.text(delete)).contains("Meant are those that failed before", "when this page was made");
        assertThat(Html.text(operator.post("/search/cancel", Map.of("queue", "bulk-6", "before", before(cancel)))
                .body())).contains("1 job was cancelled.");
        assertThat(Html.text(operator.post("/search/delete", Map.of("queue", "bulk-7", "before", before(delete)))
                .body())).contains("1 job was deleted.");
        assertThat(state(came)).isEqualTo(JobStatus.State.ENQUEUED);
        assertThat(state(failed)).isEqualTo(JobStatus.State.FAILED);
    }

    @Test
    void listsOnlyWaitingJobsWhereTheyAreToBeCancelled() {
        dashboard.bean(JobQueues.class).pause("bulk-8");
        var ended = dashboard.enqueue(new CountWords("a"), EnqueueOptions.DEFAULTS.withQueue("bulk-8"));
        dashboard.bean(JobQueue.class).cancel(ended);
        var waiting = dashboard.enqueue(new CountWords("b"), EnqueueOptions.DEFAULTS.withQueue("bulk-8"));
        var later = dashboard.enqueue(new CountWords("c"), EnqueueOptions.DEFAULTS.withQueue("bulk-8")
                .withRunAt(Instant.now().plus(Duration.ofDays(9))));

        assertThat(operator.page("/search/cancel?queue=bulk-8")).contains(waiting.toString(), later.toString())
                .doesNotContain(ended.toString());
    }

    @Test
    void offersNothingWhereCountingTakesTooLong() throws SQLException {
        dashboard.bean(JobQueues.class).pause("bulk-9");
        dashboard.enqueue(new CountWords("a"), EnqueueOptions.DEFAULTS.withQueue("bulk-9"));
        operator.page("/queues");
        try (var connection = dashboard.bean(DataSource.class).getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table millrace_jobs.jobrunr_jobs in access exclusive mode");

            assertThat(Html.text(operator.page("/search/cancel?queue=bulk-9")))
                    .contains("more jobs may fit than could be counted").doesNotContain("Cancel them", "No job fits");
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    @Test
    void writesDownTheWholeFilter() {
        operator.page("/queues");

        operator.post("/search/cancel", Map.of("queue", "bulk-10", "key", "no-key", "error", "no error"));

        assertThat(dashboard.bean(OperatorActions.class).newest(null, 1)).extracting(OperatorAction::target)
                .containsExactly("cancel queue=bulk-10 key=no-key error=no error");
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

    private static String before(String preview) {
        return preview.replaceFirst("(?s).*type=\"hidden\" name=\"before\" value=\"([^\"]+)\".*", "$1");
    }

    private JobStatus.State state(UUID id) {
        return dashboard.bean(JobQueue.class).find(id).orElseThrow().state();
    }
}
