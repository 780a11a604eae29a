package io.millrace.worker.mail;

import java.util.UUID;

import org.springframework.stereotype.Component;

import io.millrace.jobs.JobQueue;

/** Asks the job's own history. */
@Component
final class PutBackInQueue implements PutBackJobs {

    private final JobQueue queue;

    PutBackInQueue(JobQueue queue) {
        this.queue = queue;
    }

    @Override
    public boolean wasPutBackAfter(UUID job, String doubt) {
        return queue.find(job).map(found -> found.error()).filter(error -> error.message().contains(doubt)).isPresent();
    }
}
