package io.millrace.jobs;

import java.util.Map;

import org.jobrunr.jobs.Job;
import org.jobrunr.server.BackgroundJobPerformer;
import org.slf4j.MDC;

/** JobRunr's performer of a job that has failed already. It also says that the thread is idle again. */
final class FailedAttempt extends BackgroundJobPerformer {

    private final Exception cause;
    private final Map<String, String> context = RunContext.get();

    FailedAttempt(JobServer server, Job failed, Exception cause) {
        super(server, failed);
        this.cause = cause;
    }

    @Override
    protected void performJob() throws Exception {
        // JobRunr has set its own, and logs the failure.
        MDC.setContextMap(context);
        throw cause;
    }
}
