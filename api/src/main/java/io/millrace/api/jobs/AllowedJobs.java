package io.millrace.api.jobs;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import io.millrace.api.http.Caller;
import io.millrace.jobs.JobCatalog;
import io.millrace.jobs.JobStatus;

/** Which jobs a key may queue, end and put back: those of its types and queues. */
@Component
public final class AllowedJobs {

    private final JobCatalog catalog;

    AllowedJobs(JobCatalog catalog) {
        this.catalog = catalog;
    }

    /**
     * Of a type that nobody knows it says nothing: that is refused elsewhere.
     *
     * @param queue
     *            that was asked for; null for the type's own
     * @throws io.millrace.api.http.ProblemException
     *             403 of kind {@code job-not-allowed}
     */
    public void check(Caller caller, String type, @Nullable String queue) {
        catalog.find(type).ifPresent(known -> caller.checkMayEnqueue(type, queue == null ? known.queue() : queue));
    }

    /**
     * Of one that is there.
     *
     * @throws io.millrace.api.http.ProblemException
     *             403 of kind {@code job-not-allowed}
     */
    void check(Caller caller, JobStatus job) {
        caller.checkMayEnqueue(job.type(), job.queue());
    }
}
