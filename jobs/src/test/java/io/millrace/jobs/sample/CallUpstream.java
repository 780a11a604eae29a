package io.millrace.jobs.sample;

import io.millrace.jobs.Job;
import io.millrace.jobs.JobType;

/** Calls somebody else's service, which answers as the job says until somebody mends it. */
@JobType(name = "call-upstream", queue = "upstream", maxAttempts = 3, backOff = "PT0.05S", maxBackOff = "PT0.1S")
public record CallUpstream(int number, String answer) implements Job<CallUpstream.Answer> {

    /** What came back. */
    public record Answer(int attempt) {
    }
}
