package io.millrace.dashboard.pages;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import io.millrace.jobs.JobExecution;
import io.millrace.jobs.JobHandler;

@Component
final class BreakDownHandler implements JobHandler<BreakDown, @Nullable Void> {

    @Override
    public @Nullable Void handle(BreakDown job, JobExecution execution) {
        execution.log("looking at the <engine>");
        throw new IllegalStateException(job.message());
    }
}
