package io.millrace.jobs;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import org.awaitility.Awaitility;
import org.jobrunr.jobs.context.JobDashboardLogger.JobDashboardLogLine;
import org.jobrunr.jobs.context.JobDashboardLogger.JobDashboardLogLines;
import org.jobrunr.jobs.context.JobDashboardProgressBar.JobDashboardProgress;
import org.jobrunr.jobs.states.StateName;
import org.jobrunr.storage.Paging.AmountBasedList;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import io.millrace.jobs.JobStatus.Progress;
import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.sample.CopyBook;
import io.millrace.jobs.sample.CopyBookHandler;

import static org.assertj.core.api.Assertions.assertThat;

/** What a handler says and saves, as others find it. */
class JobExecutionTest extends EmbeddedEngine {

    @Autowired
    CopyBookHandler handler;
    @Autowired
    JobStore store;

    @Test
    void goesOnAtItsNextAttemptWhereItsCheckpointSays() {
        var id = queue.enqueue(new CopyBook(1, CopyBook.TIRED_AT_PAGE_FIVE));

        var done = await(id, State.SUCCEEDED);

        assertThat(done.attempt()).isEqualTo(2);
        assertThat(done.progress()).isEqualTo(new Progress(10, 10));
        assertThat(results.find(id).orElseThrow().json()).isEqualTo("{\"number\":1,\"from\":5,\"attempt\":2}");
    }

    @Test
    void goesOnThereAlsoWhenItIsPutBack() {
        var id = queue.enqueue(new CopyBook(2, CopyBook.TIRED_AT_PAGE_FIVE),
                EnqueueOptions.DEFAULTS.withMaxAttempts(1));
        assertThat(await(id, State.FAILED).progress()).isEqualTo(new Progress(5, 10));

        queue.retry(id);

        await(id, State.SUCCEEDED);
        assertThat(results.find(id).orElseThrow().json()).contains("\"from\":5");
    }

    @Test
    void beginsAnewWhereItRunsAgainAfterItHasSucceeded() {
        var id = queue.enqueue(new CopyBook(3, CopyBook.WELL));
        await(id, State.SUCCEEDED);

        // As the dashboard does.
        var requeued = store.getJobById(id);
        requeued.enqueue();
        store.save(requeued);

        Awaitility.await().until(() -> logs(id, 5).isPresent());
        await(id, State.SUCCEEDED);
        assertThat(results.find(id).orElseThrow().json()).contains("\"from\":0");
    }

    @Test
    void showsProgressAndLogOfEachAttemptInTheDashboardAndNeitherIsInTheRow() {
        var id = queue.enqueue(new CopyBook(4, CopyBook.TIRED_AT_PAGE_FIVE));
        await(id, State.SUCCEEDED);

        assertThat(logs(id, 2)).hasValue(List.of("copy-book " + id + " goes on after page 0"));
        assertThat(logs(id, 6)).hasValue(List.of("copy-book " + id + " goes on after page 5", "done"));
        assertThat(bar(id, 2)).isEqualTo(new Progress(5, 10));
        assertThat(bar(id, 6)).isEqualTo(new Progress(10, 10));
        assertThat(row(id)).startsWith("{\"job\":").contains("\"SUCCEEDED\"").doesNotContain("metadata");

        store.save(store.getJobById(id).delete("by an operator"));
        assertThat(row(id)).startsWith("{\"job\":").contains("\"DELETED\"").doesNotContain("metadata");
        assertThat(logs(id, 6)).isPresent();
    }

    @Test
    void showsProgressAndNoLogInListsOfJobs() {
        var id = queue.enqueue(new CopyBook(9, CopyBook.WELL));
        await(id, State.SUCCEEDED);

        var listed = store.getJobList(StateName.SUCCEEDED, AmountBasedList.descOnUpdatedAt(1_000)).stream()
                .filter(job -> job.getId().equals(id)).findFirst().orElseThrow();

        assertThat(listed.getMetadata()).containsOnlyKeys("jobRunrDashboardProgressBar-2");
        assertThat(store.getJobById(id).getMetadata()).containsOnlyKeys("jobRunrDashboardProgressBar-2",
                "jobRunrDashboardLog-2");
    }

    @Test
    void refusesALargeCheckpointAndSaysSo() {
        var failed = await(queue.enqueue(new CopyBook(5, CopyBook.BY_HEART)), State.FAILED);

        assertThat(String.valueOf(failed.error())).contains("is 1200002 bytes of JSON, more than 1048576");
        assertThat(count("job_checkpoints", failed.id())).isZero();
    }

    @Test
    void cannotOverwriteWhatTheRunSavesThatTookItsPlace() {
        int before = handler.lookingUp();
        var id = queue.enqueue(new CopyBook(6, CopyBook.LOOKING_UP_AT_PAGE_FIVE));
        Awaitility.await().until(() -> handler.lookingUp() == before + 1);
        // As a rescuer does who takes its worker for dead.
        store.save(UntakenJob.of(store.getJobById(id)));
        await(id, State.SUCCEEDED);
        var last = checkpoint(id);

        handler.comeBack();

        Awaitility.await().until(() -> handler.refused().contains(id));
        assertThat(last.value).isEqualTo("{\"number\":10}");
        assertThat(checkpoint(id)).isEqualTo(last);
        assertThat(results.find(id).orElseThrow().json()).contains("\"from\":5");
        assertThat(queue.find(id).orElseThrow().state()).isEqualTo(State.SUCCEEDED);
    }

    @Test
    void leavesNothingWhenItsJobIsRemoved() {
        var id = queue.enqueue(new CopyBook(7, CopyBook.WELL));
        var other = queue.enqueue(new CopyBook(8, CopyBook.WELL));
        await(id, State.SUCCEEDED);
        await(other, State.SUCCEEDED);
        assertThat(List.of(count("job_progress", id), count("job_log_lines", id), count("job_checkpoints", id)))
                .containsExactly(1L, 3L, 1L);

        store.deletePermanently(id);

        assertThat(List.of(count("job_progress", id), count("job_log_lines", id), count("job_checkpoints", id)))
                .containsOnly(0L);
        assertThat(count("job_log_lines", other)).isEqualTo(3);
        assertThat(queue.find(id)).isEmpty();
    }

    private Optional<List<String>> logs(UUID id, int place) {
        return Optional.ofNullable(store.getJobById(id).getMetadata().get("jobRunrDashboardLog-" + place))
                .map(lines -> ((JobDashboardLogLines) lines).getLogLines().stream()
                        .map(JobDashboardLogLine::getLogMessage).toList());
    }

    private Progress bar(UUID id, int place) {
        var bar = (JobDashboardProgress) Objects.requireNonNull(
                store.getJobById(id).getMetadata().get("jobRunrDashboardProgressBar-" + place));
        return new Progress(bar.getSucceededAmount(), bar.getTotalAmount());
    }

    private String row(UUID id) {
        return jdbc.sql("select jobAsJson from millrace_jobs.jobrunr_jobs where id = ?").param(id.toString())
                .query(String.class).single();
    }

    private Saved checkpoint(UUID id) {
        return jdbc.sql("select run, value from millrace_jobs.job_checkpoints where job_id = ?").param(id)
                .query((row, number) -> new Saved(row.getInt(1), row.getString(2))).single();
    }

    private long count(String table, UUID id) {
        return jdbc.sql("select count(*) from millrace_jobs.%s where job_id = ?".formatted(table)).param(id)
                .query(Long.class).single();
    }

    private record Saved(int run, String value) {
    }
}
