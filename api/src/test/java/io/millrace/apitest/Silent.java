package io.millrace.apitest;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import io.millrace.jobs.Job;
import io.millrace.jobs.JobExecution;
import io.millrace.jobs.JobHandler;
import io.millrace.jobs.JobType;

/** Returns nothing, which is known for some seconds. */
@JobType(name = "silent", resultTtl = "PT6S")
public record Silent() implements Job<Void> {

    @Component
    static final class Handler implements JobHandler<Silent, @Nullable Void> {

        @Override
        public @Nullable Void handle(Silent job, JobExecution execution) {
            return null;
        }
    }
}
