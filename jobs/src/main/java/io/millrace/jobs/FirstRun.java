package io.millrace.jobs;

import org.jobrunr.jobs.Job;
import org.jspecify.annotations.Nullable;

/**
 * The span of a job's first run that failed, for later ones to link to. It stands in the job's metadata, which is written with the
 * failure; what succeeds at once has none.
 */
final class FirstRun {

    private static final String NAME = "firstRun";

    private FirstRun() {
    }

    static @Nullable String of(Job job) {
        return job.getMetadata().get(NAME) instanceof String traceparent ? traceparent : null;
    }

    /** To be saved with the failure. */
    static void remember(Job failed, JobSpans.Run run) {
        var link = run.link();
        if (link != null) {
            failed.getMetadata().putIfAbsent(NAME, link);
        }
    }
}
