package io.millrace.worker.mail;

import io.millrace.jobs.JobExecution;
import io.millrace.jobs.PermanentFailure;
import io.millrace.jobs.TryAgainLater;

/** Says of each letter, right before it is sent, whether it may be; a bean. Not asked for a mail that is sent already. */
interface SendingRule {

    /**
     * Returns if the letter may be sent.
     *
     * @throws TryAgainLater
     *             if not now
     * @throws PermanentFailure
     *             if never; its message holds no address
     * @throws Exception
     *             if that cannot be said; the job is tried again
     */
    void check(Letter letter, JobExecution execution) throws Exception;
}
