package io.millrace.jobs;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.JobDetails;
import org.jobrunr.jobs.states.EnqueuedState;
import org.jobrunr.jobs.states.FailedState;
import org.jobrunr.jobs.states.ScheduledState;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import io.millrace.jobs.JobStatus.Failure;
import io.millrace.jobs.JobStatus.Progress;
import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.JobStory.Step;
import io.millrace.jobs.sample.CopyBook;
import io.millrace.jobs.sample.ShipOrder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class JobStoriesTest extends EmbeddedEngine {

    @Autowired
    JobStories stories;
    @Autowired
    JobStore store;

    @Test
    void tellsEachAttemptWithItsErrorItsLogAndWhoRanIt() {
        var id = queue.enqueue(new CopyBook(1, CopyBook.TIRED_AT_PAGE_FIVE),
                EnqueueOptions.DEFAULTS.withUniqueKey(UniqueKey.whileWaiting("book 1"))
                        .withConcurrencyLimit("books", 2).withLabels(List.of("tenant:1")));
        await(id, State.SUCCEEDED);

        var story = stories.find(id).orElseThrow();

        assertThat(story.job()).isEqualTo(queue.find(id).orElseThrow());
        assertThat(story.job().progress()).isEqualTo(new Progress(10, 10));
        assertThat(story.payloadVersion()).isEqualTo(1);
        assertThat(story.uniqueKey()).isEqualTo("book 1");
        assertThat(story.concurrencyKey()).isEqualTo("books");
        assertThat(story.runAfter()).isNull();
        assertThat(story.unreadable()).isNull();
        assertThat(story.steps()).extracting(Step::state).containsExactly(State.ENQUEUED, State.PROCESSING,
                State.FAILED, State.SCHEDULED, State.ENQUEUED, State.PROCESSING, State.SUCCEEDED);
        assertThat(story.steps()).extracting(Step::attempt).containsExactly(0, 1, 1, 1, 1, 2, 2);
        assertThat(story.steps()).extracting(Step::worker).containsExactly(null, "the worker", null, null, null,
                "the worker", null);
        assertThat(story.steps()).extracting(step -> step.took() == null).containsExactly(false, false, false, false,
                false, false, true);
        var failed = story.steps().get(2);
        assertThat(failed.error()).isEqualTo(new Failure("IllegalStateException", "tired"));
        assertThat(failed.trace()).contains("CopyBookHandler").hasSizeLessThan(17_000);
        assertThat(story.steps().get(3).reason()).startsWith("attempt 1 of");
        assertThat(story.log()).extracting(JobStory.LogLine::attempt).containsExactly(1, 2, 2);
        assertThat(story.log()).extracting(JobStory.LogLine::text).containsExactly(
                "copy-book " + id + " goes on after page 0", "copy-book " + id + " goes on after page 5", "done");
        assertThat(story.result()).isEqualTo("{\"number\":1,\"from\":5,\"attempt\":2}");
        assertThat(story.resultExpiresAt()).isAfter(Instant.now());
    }

    @Test
    void countsAttemptsAnewWhereItWasPutBackByHand() {
        var id = queue.enqueue(new ShipOrder(77_001, "no such street"));
        await(id, State.FAILED);
        queue.retry(id);
        await(id, State.FAILED);

        assertThat(stories.find(id).orElseThrow().steps()).extracting(Step::state, Step::attempt).containsExactly(
                tuple(State.ENQUEUED, 0), tuple(State.PROCESSING, 1), tuple(State.FAILED, 1),
                tuple(State.ENQUEUED, 0), tuple(State.PROCESSING, 1), tuple(State.FAILED, 1));
    }

    @Test
    void cutsWhatNobodyReadsToItsEnd() {
        var job = new Job(UUID.randomUUID(), 1, new JobDetails("x.Y", null, "z", List.of()), List.of(
                new EnqueuedState(), new FailedState("An exception occurred", "x.Y", "m".repeat(5_000), null, null,
                        "t".repeat(20_000), false, Instant.EPOCH)),
                new ConcurrentHashMap<>());

        var failed = new StepsOfJob(job).all().getLast();

        assertThat(failed.error()).isEqualTo(new Failure("Y", "m".repeat(4_000) + "… (5000 characters)"));
        assertThat(failed.trace()).isEqualTo("t".repeat(16_000) + "… (20000 characters)");
    }

    @Test
    void givesWhatJobRunrsOwnJobsHave() {
        var job = new Job(UUID.randomUUID(), 0, new JobDetails("x.Y", null, "z", List.of()),
                List.of(new ScheduledState(Instant.now().plusSeconds(1_000), "of a reason", Instant.now())),
                new ConcurrentHashMap<>());
        job.setJobName("of somebody");
        store.save(job);

        var story = stories.find(job.getId()).orElseThrow();

        assertThat(story.job().state()).isEqualTo(State.SCHEDULED);
        assertThat(story.payloadVersion()).isZero();
        assertThat(story.steps()).singleElement().satisfies(step -> {
            assertThat(step.state()).isEqualTo(State.SCHEDULED);
            assertThat(step.reason()).isEqualTo("of a reason");
        });
        assertThat(story.log()).isEmpty();
        assertThat(story.result()).isNull();
    }

    @Test
    void tellsOfARowThatCannotBeReadWhatItsColumnsSay() {
        var id = queue.enqueue(new ShipOrder(1, "somewhere"),
                EnqueueOptions.DEFAULTS.withRunAt(Instant.now().plusSeconds(1_000)));
        jdbc.sql("update millrace_jobs.jobrunr_jobs set jobAsJson = 'nothing' where id = ?").param(id.toString())
                .update();

        var story = stories.find(id).orElseThrow();

        assertThat(story.job().type()).isEqualTo("ship-order");
        assertThat(story.job().state()).isEqualTo(State.SCHEDULED);
        assertThat(story.unreadable()).startsWith("the stored job cannot be read");
        assertThat(story.steps()).isEmpty();
    }

    @Test
    void tellsOfAParkedRowThatItCouldNotBeRead() {
        var id = queue.enqueue(new ShipOrder(1, "somewhere"),
                EnqueueOptions.DEFAULTS.withRunAt(Instant.now().plusSeconds(1_000)));
        jdbc.sql("""
                 update millrace_jobs.jobrunr_jobs set jobAsJson = 'nothing', scheduledAt = now() - interval '1 day'
                 where id = ?
                 """).param(id.toString()).update();
        store.promoteDueJobs();
        await(id, State.FAILED);

        var story = stories.find(id).orElseThrow();

        assertThat(story.unreadable()).contains("column unreadable");
        assertThat(story.steps()).extracting(Step::state).containsExactly(State.ENQUEUED, State.FAILED);
    }

    @Test
    void isEmptyOfAJobThatIsNotThere() {
        assertThat(stories.find(UUID.randomUUID())).isEmpty();
    }
}
