package io.millrace.dashboard;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import io.millrace.jobs.JobExecution;
import io.millrace.jobs.JobHandler;

@Component
final class SendLetterHandler implements JobHandler<SendLetter, @Nullable Void> {

    @Override
    public @Nullable Void handle(SendLetter job, JobExecution execution) {
        return null;
    }
}
