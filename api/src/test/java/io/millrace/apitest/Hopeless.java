package io.millrace.apitest;

import org.springframework.stereotype.Component;

import io.millrace.jobs.Job;
import io.millrace.jobs.JobExecution;
import io.millrace.jobs.JobHandler;
import io.millrace.jobs.JobType;
import io.millrace.jobs.PermanentFailure;

/** Cannot succeed. */
@JobType(name = "hopeless")
public record Hopeless() implements Job<String> {

    @Component
    static final class Handler implements JobHandler<Hopeless, String> {

        @Override
        public String handle(Hopeless job, JobExecution execution) {
            throw new PermanentFailure("there is no way");
        }
    }
}
