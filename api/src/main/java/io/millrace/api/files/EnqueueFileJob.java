package io.millrace.api.files;

import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import io.millrace.api.http.Caller;
import io.millrace.api.http.ProblemException;
import io.millrace.api.jobs.AllowedJobs;
import io.millrace.core.files.StoredFile;
import io.millrace.jobs.EnqueueOptions;
import io.millrace.jobs.Job;
import io.millrace.jobs.JobQueue;

/** Enqueues what was ordered with an upload, in the commit that makes its file appear. */
@Component
final class EnqueueFileJob {

    private final JobQueue jobs;
    private final AllowedJobs allowed;

    EnqueueFileJob(JobQueue jobs, AllowedJobs allowed) {
        this.jobs = jobs;
        this.allowed = allowed;
    }

    /**
     * To be asked before anything is received.
     *
     * @throws ProblemException
     *             403 if the caller may not enqueue its job
     */
    void check(UploadOrder order, Caller caller) {
        order.process().jobType().ifPresent(type -> allowed.check(caller, type, null));
    }

    /** The job's id; null if there is nothing to do. */
    @Nullable
    UUID enqueue(UploadOrder order, StoredFile file, Caller caller) {
        Job<?> job = order.job(file.id());
        return job == null ? null : jobs.enqueue(job, EnqueueOptions.DEFAULTS.withEnqueuedBy(caller.key()));
    }
}
