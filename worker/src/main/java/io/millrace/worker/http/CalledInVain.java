package io.millrace.worker.http;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.millrace.jobs.RetryPolicy;

/** The service gave no answer, or one that may be another later; the job is tried again. */
final class CalledInVain extends Exception {

    private static final long serialVersionUID = 1;

    private final @Nullable Duration retryAfter;

    CalledInVain(String message) {
        this(message, null);
    }

    /**
     * @param retryAfter
     *            how long the service wants to be left alone
     */
    CalledInVain(String message, @Nullable Duration retryAfter) {
        super(message);
        this.retryAfter = retryAfter;
    }

    @Nullable
    Duration retryAfter() {
        return retryAfter;
    }

    /** Each try costs an attempt, so that a service which says for ever that it is busy is not called for ever. */
    static RetryPolicy policy() {
        return RetryPolicy.ofType().notBefore(CalledInVain.class, (failure, _) -> failure.retryAfter());
    }
}
