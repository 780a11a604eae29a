package io.millrace.worker.mail;

import java.util.UUID;

/** Knows which jobs a person has put back. */
@FunctionalInterface
interface PutBackJobs {

    /**
     * Whether the job runs again although it had failed for good, and last with a reason that says this: no run that crashed or was stopped is
     * like that.
     */
    boolean wasPutBackAfter(UUID job, String doubt);
}
