package io.millrace.worker.mail;

import java.util.List;
import jakarta.mail.internet.InternetAddress;

import io.millrace.jobs.JobExecution;
import io.millrace.jobs.PermanentFailure;
import io.millrace.jobs.TryAgainLater;

/** Says of each letter, right before it is sent, whether it may be; a bean. Not asked for a mail that is sent already. */
interface SendingRule {

    /**
     * Returns if the letter may be sent.
     *
     * @param recipients
     *            those whom it is still to be sent to, each once
     * @throws TryAgainLater
     *             if not now
     * @throws PermanentFailure
     *             if never; its message holds no address
     * @throws Exception
     *             if that cannot be said; the job is tried again
     */
    void check(Letter letter, List<InternetAddress> recipients, JobExecution execution) throws Exception;
}
