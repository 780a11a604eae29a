package io.millrace.jobs;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * At most one job of a type is given a key at a time. How long it holds the key, it said itself when it was enqueued (its scope); what
 * becomes of the next one that comes with the key meanwhile, that one says (its policy; {@link Policy#KEEP} unless another
 * is chosen).
 *
 * <p>
 * The key is taken, and what is decided about the holder holds, in the caller's transaction: another caller with the same
 * key waits for its end, and a waiting job that was kept or replaced does not start before it.
 *
 * <p>
 * Not guaranteed: that jobs of one key never run side by side whatever operators do. A job that failed for good has let go of its
 * key; put back ({@link JobQueue#retry}, the dashboard) it runs beside whichever holds the key by then, also beside one that was to run after it
 * ({@link Policy#RUN_AGAIN_AFTER}). Its own retries are no such case: until the last, it has not failed for good.
 *
 * @param key
 *            1 to 255 characters, unique within the job type; shown in exceptions, so never personal data
 * @param period
 *            how long from its enqueueing, for the scope {@link Scope#FOR_PERIOD} alone
 */
public record UniqueKey(String key, Scope scope, @Nullable Duration period, Policy policy) {

    /** How long a job holds its key. {@link JobQueue#cancel} makes it let go in any case. */
    public enum Scope {
        /** Until it starts. While it waits to be tried again it holds the key too, if no other has taken it meanwhile. */
        WHILE_WAITING,
        /** Until it has succeeded, failed for good or been deleted. */
        WHILE_WAITING_OR_RUNNING,
        /** For a time from its enqueueing, whatever becomes of it, even if it is deleted in the dashboard. */
        FOR_PERIOD
    }

    /** What becomes of a job that comes while another holds its key. */
    public enum Policy {
        /** Nothing is queued; the holder's id is returned. */
        KEEP,
        /** {@link DuplicateJob} is thrown. */
        REJECT,
        /**
         * The waiting holder gets the new payload and options; its id and its age stay, and so do the scope and the period that
         * it came with; what its runs have said and saved is forgotten, also its {@link Effects}, though not their keys,
         * which are those of its id. With a holder that does not wait any more {@link DuplicateJob} is thrown, because the new payload would
         * have no effect.
         */
        REPLACE,
        /**
         * As {@link #KEEP} with a waiting holder; with a running one the new job is queued, holds the key, and starts once
         * that one has ended for good. Only with {@link Scope#WHILE_WAITING_OR_RUNNING}.
         */
        RUN_AGAIN_AFTER
    }

    /**
     * Checks what is said above.
     *
     * @throws InvalidEnqueueOption
     *             if something does not fit
     */
    public UniqueKey {
        InvalidEnqueueOption.checkKey("uniqueKey", key);
        InvalidEnqueueOption.check("uniqueKey",
                (scope == Scope.FOR_PERIOD) == (period != null && period.isPositive()
                        && period.compareTo(EnqueueOptions.LONGEST) <= 0),
                "needs a period of up to " + EnqueueOptions.LONGEST + " with FOR_PERIOD, and none otherwise");
        InvalidEnqueueOption.check("uniqueKey",
                policy != Policy.RUN_AGAIN_AFTER || scope == Scope.WHILE_WAITING_OR_RUNNING,
                "can have the policy RUN_AGAIN_AFTER only with WHILE_WAITING_OR_RUNNING");
    }

    public static UniqueKey whileWaiting(String key) {
        return new UniqueKey(key, Scope.WHILE_WAITING, null, Policy.KEEP);
    }

    public static UniqueKey whileWaitingOrRunning(String key) {
        return new UniqueKey(key, Scope.WHILE_WAITING_OR_RUNNING, null, Policy.KEEP);
    }

    public static UniqueKey forPeriod(String key, Duration period) {
        return new UniqueKey(key, Scope.FOR_PERIOD, period, Policy.KEEP);
    }

    public UniqueKey withPolicy(Policy newPolicy) {
        return new UniqueKey(key, scope, period, newPolicy);
    }
}
