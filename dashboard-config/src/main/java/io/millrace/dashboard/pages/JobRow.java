package io.millrace.dashboard.pages;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.millrace.jobs.JobStatus;

/**
 * A job as its line in a list shows it.
 *
 * @param took
 *            its last attempt; of one that runs, until now
 * @param error
 *            the beginning of what its last failure says; null if it has none
 */
record JobRow(String id, String state, String type, String queue, When created, String took, String attempts,
        @Nullable String error, List<String> labels) {

    private static final int EXCERPT = 160;

    static JobRow of(JobStatus job, Instant now) {
        return new JobRow(job.id().toString(), job.state().name(), job.type(), job.queue(),
                When.at(job.createdAt(), now), HumanText.duration(took(job, now)),
                job.attempt() + " of " + job.maxAttempts(), excerpt(job.error()), job.labels());
    }

    /** Null if there was no attempt, or nobody knows how long it took. */
    static @Nullable Duration took(JobStatus job, Instant now) {
        var started = job.startedAt();
        if (started == null) {
            return null;
        }
        var finished = job.finishedAt();
        if (finished == null) {
            return job.state() == JobStatus.State.PROCESSING ? Duration.between(started, now) : null;
        }
        // A job that was deleted long after its last attempt did not run meanwhile.
        return job.state() == JobStatus.State.DELETED ? null : Duration.between(started, finished);
    }

    private static @Nullable String excerpt(JobStatus.@Nullable Failure error) {
        if (error == null) {
            return null;
        }
        var text = (error.type() + ": " + error.message()).strip();
        return text.length() <= EXCERPT ? text : text.substring(0, EXCERPT) + "…";
    }
}
