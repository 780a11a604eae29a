package io.millrace.benchmarks.pages;

import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.jobs.lambdas.JobRequestHandler;

/** Plain JobRunr's job; nobody runs it. */
record OrderRequest(int customer, String template, String locale) implements JobRequest {

    @Override
    public Class<Handler> getJobRequestHandler() {
        return Handler.class;
    }

    /** Only named. */
    static final class Handler implements JobRequestHandler<OrderRequest> {

        @Override
        public void run(OrderRequest request) {
            throw new UnsupportedOperationException("nobody runs these");
        }
    }
}
