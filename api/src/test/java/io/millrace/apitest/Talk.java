package io.millrace.apitest;

import java.util.concurrent.Semaphore;

import org.springframework.stereotype.Component;

import io.millrace.jobs.Job;
import io.millrace.jobs.JobExecution;
import io.millrace.jobs.JobHandler;
import io.millrace.jobs.JobType;

/** Says so many lines, and then runs until a test lets one go. */
@JobType(name = "talk")
public record Talk(int lines) implements Job<String> {

    @Component
    public static final class Handler implements JobHandler<Talk, String> {

        private final Semaphore permits = new Semaphore(0);

        /** Lets so many jobs go. */
        public void release(int jobs) {
            permits.release(jobs);
        }

        @Override
        public String handle(Talk job, JobExecution execution) throws InterruptedException {
            for (int i = 1; i <= job.lines(); i++) {
                execution.log("line " + i);
                execution.progress(i, job.lines());
            }
            permits.acquire();
            execution.log("the last line");
            return "said";
        }
    }
}
