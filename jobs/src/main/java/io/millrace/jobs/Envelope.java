package io.millrace.jobs;

import java.util.Optional;

import org.jobrunr.jobs.Job;
import org.jspecify.annotations.Nullable;

/** Our {@link EnqueuedJob} out of JobRunr's job; {@link JobWriter} puts it in. */
final class Envelope {

    private Envelope() {
    }

    /** Empty for a job that something else enqueued, or whose envelope cannot be read. */
    static Optional<EnqueuedJob> of(Job job) {
        for (var parameter : job.getJobDetails().getJobParameters()) {
            if (parameter.getObject() instanceof EnqueuedJob enqueued) {
                return Optional.of(enqueued);
            }
        }
        return Optional.empty();
    }

    /** The trace it belongs to: that of whoever enqueued it, or else of its first run that failed; null if that is not known. */
    static @Nullable String traceIdOf(Job job) {
        var traceparent = of(job).map(EnqueuedJob::traceparent).orElseGet(() -> FirstRun.of(job));
        return traceparent == null || traceparent.length() < 55 ? null : traceparent.substring(3, 35);
    }

    /** Of a job that something else enqueued as well: it waits where the column's default says. */
    static String queueOf(Job job) {
        return of(job).map(EnqueuedJob::queue).orElse("default");
    }
}
