package io.millrace.dashboard.pages;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.millrace.jobs.JobStatus;
import io.millrace.jobs.JobStory;

/**
 * A job's story as its page shows it.
 *
 * @param keys
 *            by what kind they are
 * @param progress
 *            null if it says none
 * @param result
 *            null if there is none
 */
record StoryView(JobRow job, int priority, @Nullable String version, @Nullable When due, @Nullable When started,
        @Nullable When finished, String waited, @Nullable ProgressView progress, JobStatus.@Nullable Failure error,
        @Nullable String enqueuedBy, Map<String, String> keys, @Nullable String runAfter, @Nullable String traceId,
        @Nullable String unreadable, List<StepView> steps, List<LineView> log, @Nullable ResultView result,
        boolean mayRetry, boolean mayCancel) {

    static StoryView of(JobStory story, Instant now) {
        var job = story.job();
        return new StoryView(JobRow.of(job, now), job.priority(),
                story.payloadVersion() == 0 ? null : String.valueOf(story.payloadVersion()),
                When.of(job.scheduledAt(), now), When.of(job.startedAt(), now), When.of(job.finishedAt(), now),
                HumanText.duration(waited(story)), ProgressView.of(job.progress()), job.error(), job.enqueuedBy(),
                keys(story), story.runAfter() == null ? null : String.valueOf(story.runAfter()), story.traceId(),
                story.unreadable(), story.steps().stream().map(step -> StepView.of(step, now)).toList(),
                story.log().stream()
                        .map(line -> new LineView(line.attempt(), When.at(line.at(), now), line.text())).toList(),
                ResultView.of(story, now), job.state() == JobStatus.State.FAILED && story.unreadable() == null,
                !job.state().isFinal());
    }

    /** Until its first attempt began. */
    private static @Nullable Duration waited(JobStory story) {
        return story.steps().stream().filter(step -> step.state() == JobStatus.State.PROCESSING).findFirst()
                .map(step -> Duration.between(story.job().createdAt(), step.at())).orElse(null);
    }

    private static Map<String, String> keys(JobStory story) {
        var keys = new LinkedHashMap<String, String>();
        put(keys, "Unique key", story.uniqueKey());
        put(keys, "Concurrency key", story.concurrencyKey());
        return keys;
    }

    private static void put(Map<String, String> keys, String kind, @Nullable String key) {
        if (key != null) {
            keys.put(kind, key);
        }
    }

    /** How far it is, in its handler's units. */
    record ProgressView(long done, long total, String text) {

        static @Nullable ProgressView of(JobStatus.@Nullable Progress progress) {
            return progress == null || progress.total() <= 0
                    ? null
                    : new ProgressView(Math.min(progress.done(), progress.total()), progress.total(),
                            HumanText.number(progress.done()) + " of " + HumanText.number(progress.total()) + ", "
                                    + HumanText.percent(progress.done(), progress.total()));
        }
    }

    /** One of the states it was in. */
    record StepView(String state, When at, String took, @Nullable String worker, int attempt,
            @Nullable String error, @Nullable String trace, @Nullable String reason) {

        static StepView of(JobStory.Step step, Instant now) {
            var error = step.error();
            return new StepView(step.state().name(), When.at(step.at(), now), HumanText.duration(step.took()),
                    step.worker(), step.attempt(), error == null ? null : error.type() + ": " + error.message(),
                    step.trace(), step.reason());
        }
    }

    /** What a run has said. */
    record LineView(int attempt, When at, String text) {
    }

    /**
     * What it came to.
     *
     * @param cut
     *            whether there is more of it than is shown
     */
    record ResultView(String json, boolean cut, @Nullable When expires) {

        private static final int MOST = 20_000;

        static @Nullable ResultView of(JobStory story, Instant now) {
            var json = story.result();
            if (json == null) {
                return null;
            }
            boolean cut = json.length() > MOST;
            return new ResultView(cut ? json.substring(0, MOST) : PrettyJson.of(json), cut,
                    When.of(story.resultExpiresAt(), now));
        }
    }
}
