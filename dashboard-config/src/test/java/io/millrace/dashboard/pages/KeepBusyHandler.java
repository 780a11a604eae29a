package io.millrace.dashboard.pages;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import io.millrace.jobs.JobExecution;
import io.millrace.jobs.JobHandler;

@Component
final class KeepBusyHandler implements JobHandler<KeepBusy, @Nullable Void> {

    @Override
    public @Nullable Void handle(KeepBusy job, JobExecution execution) throws InterruptedException {
        execution.progress(30, 100);
        new CountDownLatch(1).await(job.seconds(), TimeUnit.SECONDS);
        return null;
    }
}
