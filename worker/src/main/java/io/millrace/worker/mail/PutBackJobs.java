package io.millrace.worker.mail;

import java.util.UUID;

/** Knows which jobs a person has put back. */
@FunctionalInterface
interface PutBackJobs {

    /**
     * Whether the job runs again although it had failed for good, and with this reason last: no run that crashed or was stopped is
     * like that.
     */
    boolean wasPutBackAfter(UUID job, String reason);
}
