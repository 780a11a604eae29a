package io.millrace.jobs;

import java.time.Duration;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Thrown by a handler that cannot work just now through nobody's fault, such as when an upstream limits its rate: the job
 * waits for a time, frees its slot and its {@link ConcurrencyLimit}, and runs again. It costs no attempt, however often it is
 * thrown, and is no failure in the job's history; what the attempt logged and said of its progress is dropped with it. A
 * transaction of the handler's is rolled back, as after any exception.
 *
 * <p>
 * It counts as well where it is the cause of what is thrown, unless a {@link PermanentFailure} has it as its cause. Nothing
 * limits how often a job is put off: who wants it to end says so by a {@code PermanentFailure}.
 *
 * <p>
 * When its time has come, by the database's clock, the job goes to the end of its queue's line. Should the worker be
 * killed before that is saved, the job runs again as one whose worker died.
 */
public class TryAgainLater extends RuntimeException {

    private static final long serialVersionUID = 1;
    private static final int LONGEST_CHAIN = 100;

    private final Duration after;

    /**
     * @param after
     *            from zero, which is as soon as its turn comes again, to 3650 days
     * @throws IllegalArgumentException
     *             if it is longer or negative
     */
    public TryAgainLater(Duration after) {
        this(after, null);
    }

    /**
     * @param after
     *            from zero, which is as soon as its turn comes again, to 3650 days
     * @param reason
     *            shown to operators, so it must hold no payload values
     * @throws IllegalArgumentException
     *             if {@code after} is longer or negative
     */
    public TryAgainLater(Duration after, @Nullable String reason) {
        super(reason);
        if (after.isNegative() || after.compareTo(EnqueueOptions.LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "a job can be put off for zero to " + EnqueueOptions.LONGEST + ", but not for " + after);
        }
        this.after = after;
    }

    public Duration after() {
        return after;
    }

    /** The one that {@code thrown} is or was caused by; empty where something before it says that the failure is final. */
    static Optional<TryAgainLater> in(Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < LONGEST_CHAIN; depth++) {
            if (cause instanceof PermanentFailure) {
                return Optional.empty();
            }
            if (cause instanceof TryAgainLater later) {
                return Optional.of(later);
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }
}
