package io.millrace.jobs;

import java.util.UUID;

/**
 * Who is told, at an address of theirs, that a job has ended. Workers look for such ends each second, and enqueue what
 * {@link WebhookDelivery} makes of one in the transaction that notes that it was told: one delivery for each end, whatever crashes. How often that
 * one arrives is its own job's business.
 *
 * <p>
 * Told is the first end, SUCCEEDED, FAILED or DELETED, and where that was FAILED and the job is put back and then succeeds, that
 * as well. Nothing more: not that it failed again, and not what retention does with it. A failure that is put back within the second may not be told.
 *
 * <p>
 * Not guaranteed: that the news of two jobs, or of one, arrive in the order in which it happened.
 */
public interface JobWebhooks {

    /** In characters. */
    int LONGEST = 2048;

    /**
     * Has the end of a job told to {@code url}, in the caller's transaction or one of its own. A job has one webhook: where it has one
     * already, that stays. Of a job that has ended, the end is told as well.
     *
     * @param url
     *            handed on to {@link WebhookDelivery} as it is
     * @return whether it has this one now; false also where there is no such job
     * @throws IllegalArgumentException
     *             if it is empty or longer than {@link #LONGEST}
     * @throws IllegalStateException
     *             if the surrounding transaction is read-only
     * @throws org.springframework.dao.DataAccessException
     *             if the database cannot be reached
     */
    boolean register(UUID job, String url);
}
