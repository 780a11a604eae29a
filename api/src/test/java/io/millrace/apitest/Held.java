package io.millrace.apitest;

import java.util.concurrent.Semaphore;

import org.springframework.stereotype.Component;

import io.millrace.jobs.Job;
import io.millrace.jobs.JobExecution;
import io.millrace.jobs.JobHandler;
import io.millrace.jobs.JobType;

/** Runs until a test lets one go. */
@JobType(name = "held")
public record Held() implements Job<String> {

    @Component
    public static final class Handler implements JobHandler<Held, String> {

        private final Semaphore permits = new Semaphore(0);

        /** Lets one job go. */
        public void release() {
            permits.release();
        }

        @Override
        public String handle(Held job, JobExecution execution) throws InterruptedException {
            permits.acquire();
            return "released";
        }
    }
}
