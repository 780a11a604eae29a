package io.millrace.benchmarks.jobs;

import org.jobrunr.jobs.lambdas.JobRequest;

/** Plain JobRunr's job. */
record NumberedRequest(int number) implements JobRequest {

    @Override
    public Class<NumberedRequestHandler> getJobRequestHandler() {
        return NumberedRequestHandler.class;
    }
}
