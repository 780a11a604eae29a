package io.millrace.jobs;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;

/**
 * How long a job waits after a failed attempt. An own function may look into the failure, such as for what an upstream
 * answered as {@code Retry-After}; it is called on the job's thread and must return within milliseconds.
 *
 * @param <E>
 *            the failure
 */
@FunctionalInterface
public interface RetryDelay<E extends Throwable> {

    /**
     * @param failure
     *            what the handler threw, or of it the cause that the rule is for
     * @param attempt
     *            the number of the attempt that failed, from 1
     * @return from zero to 3650 days; null if it is not to be tried again: the job is FAILED. After any other answer, and
     *         after an exception, it is logged and the job type's back-off holds
     */
    @Nullable
    Duration after(E failure, int attempt);

    /**
     * Doubling from {@code initial} up to {@code max}, each wait drawn evenly from its upper half.
     *
     * @throws IllegalArgumentException
     *             unless 0 &lt; {@code initial} &lt;= {@code max}
     */
    static RetryDelay<Throwable> exponential(Duration initial, Duration max) {
        var backOff = new BackOff(initial, max);
        return (_, attempt) -> backOff.afterFailure(attempt, ThreadLocalRandom.current());
    }

    /** The first failure is the last: the job is FAILED at once. */
    static RetryDelay<Throwable> never() {
        return (_, _) -> null;
    }

    /**
     * The same for fewer attempts than the job has.
     *
     * @param attempts
     *            how many in all, those that failed otherwise included
     * @throws IllegalArgumentException
     *             if there is not one
     */
    default RetryDelay<E> upTo(int attempts) {
        if (attempts < 1) {
            throw new IllegalArgumentException("a job has at least one attempt, but was given " + attempts);
        }
        return (failure, attempt) -> attempt < attempts ? after(failure, attempt) : null;
    }
}
