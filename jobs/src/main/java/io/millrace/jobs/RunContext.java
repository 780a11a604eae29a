package io.millrace.jobs;

import java.util.HashMap;
import java.util.Map;

import org.jobrunr.jobs.Job;
import org.slf4j.MDC;

/** What every line that is logged in a run says beside its message, in the MDC: names and ids, nothing of the payload. */
final class RunContext {

    /** What JobRunr keeps of the MDC of whoever enqueued a job with it. */
    private static final String ENQUEUERS = "mdc-";

    private RunContext() {
    }

    /** In place of whatever this thread's MDC holds. Returns the number of the attempt. */
    static int set(Job job, EnqueuedJob enqueued) {
        int attempt = Attempts.of(job).failures() + 1;
        var context = HashMap.<String, String>newHashMap(8);
        job.getMetadata().forEach((name, value) -> {
            if (name.startsWith(ENQUEUERS)) {
                context.put(name.substring(ENQUEUERS.length()), value.toString());
            }
        });
        context.put("jobId", job.getId().toString());
        context.put("jobType", enqueued.type());
        context.put("jobQueue", enqueued.queue());
        context.put("jobAttempt", String.valueOf(attempt));
        MDC.setContextMap(context);
        return attempt;
    }

    /** As it is now, to be set again. */
    static Map<String, String> get() {
        var now = MDC.getCopyOfContextMap();
        return now == null ? Map.of() : now;
    }
}
