package io.millrace.apitest;

import jakarta.validation.constraints.NotBlank;

import org.springframework.stereotype.Component;

import io.millrace.jobs.Job;
import io.millrace.jobs.JobExecution;
import io.millrace.jobs.JobHandler;
import io.millrace.jobs.JobType;

/** Answers what it is given. */
@JobType(name = "echo")
public record Echo(@NotBlank String text) implements Job<Echo.Echoed> {

    public record Echoed(String text) {
    }

    @Component
    static final class Handler implements JobHandler<Echo, Echoed> {

        @Override
        public Echoed handle(Echo job, JobExecution execution) {
            return new Echoed(job.text());
        }
    }
}
