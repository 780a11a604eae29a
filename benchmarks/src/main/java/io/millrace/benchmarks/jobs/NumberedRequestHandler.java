package io.millrace.benchmarks.jobs;

import org.jobrunr.jobs.lambdas.JobRequestHandler;

/** Plain JobRunr's handler; public only because JobRunr calls it by reflection. */
public final class NumberedRequestHandler implements JobRequestHandler<NumberedRequest> {

    private final Work work;

    NumberedRequestHandler(Work work) {
        this.work = work;
    }

    @Override
    public void run(NumberedRequest request) throws InterruptedException {
        work.run(request.number());
    }
}
