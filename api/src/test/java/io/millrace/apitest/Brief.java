package io.millrace.apitest;

import org.springframework.stereotype.Component;

import io.millrace.jobs.Job;
import io.millrace.jobs.JobExecution;
import io.millrace.jobs.JobHandler;
import io.millrace.jobs.JobType;

/** Has a result that is gone as soon as it may be. */
@JobType(name = "brief", resultTtl = "PT1S")
public record Brief() implements Job<String> {

    @Component
    static final class Handler implements JobHandler<Brief, String> {

        @Override
        public String handle(Brief job, JobExecution execution) {
            return "here now";
        }
    }
}
