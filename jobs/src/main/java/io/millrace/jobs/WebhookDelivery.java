package io.millrace.jobs;

/**
 * Makes the job that tells of another's end. A bean of it in a worker's process is what makes that look for ends at all; without one,
 * webhooks wait for a worker that has one.
 */
@FunctionalInterface
public interface WebhookDelivery {

    /**
     * Called in the transaction that enqueues it; does nothing else.
     *
     * @param ended
     *            SUCCEEDED, FAILED or DELETED
     * @param url
     *            as it was registered
     */
    Job<?> of(JobStatus ended, String url);
}
