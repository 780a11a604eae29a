package io.millrace.worker.mail;

import io.millrace.jobs.PermanentFailure;

/** Writes the letter of a job. Asked only while its mail is still to be sent: what it needs may be gone once it was. */
@FunctionalInterface
interface LetterSource {

    /**
     * The letter, as of now.
     *
     * @throws PermanentFailure
     *             if none can be written, now or later; its message holds no address
     * @throws Exception
     *             if that cannot be said; the job is tried again
     */
    Letter write() throws Exception;
}
