package io.millrace.benchmarks.jobs;

import org.jspecify.annotations.Nullable;

import io.millrace.jobs.JobExecution;
import io.millrace.jobs.JobHandler;

/** Millrace's handler. */
final class NumberedJobHandler implements JobHandler<NumberedJob, @Nullable Void> {

    private volatile Work work = Work.none();

    void nowDo(Work newWork) {
        this.work = newWork;
    }

    @Override
    public @Nullable Void handle(NumberedJob job, JobExecution execution) throws InterruptedException {
        work.run(job.number());
        return null;
    }
}
