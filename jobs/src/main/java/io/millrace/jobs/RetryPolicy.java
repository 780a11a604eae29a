package io.millrace.jobs;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * When a job is tried again, by what its handler threw; see {@link JobHandler#retryPolicy}.
 *
 * <pre>{@code
 * RetryPolicy.ofType()
 *         .on(UpstreamBusy.class, (busy, attempt) -> busy.retryAfter())
 *         .on(SQLTransientException.class, RetryDelay.exponential(Duration.ofMillis(100), Duration.ofSeconds(5)).upTo(5))
 *         .on(UpstreamGone.class, RetryDelay.never());
 * }</pre>
 *
 * The rule of the exception's own class holds, else that of its nearest superclass that has one. An exception for which
 * there is none is looked through: its cause is asked in the same way, and so on. Where no rule is found,
 * {@link #otherwise} holds, and without that the back-off that {@link JobType} and the operator's settings say.
 *
 * <p>
 * Whatever a policy says, a job has no more attempts than it was enqueued with, a {@link PermanentFailure} is final, and
 * {@link TryAgainLater} is no failure. It is not asked about what the handler did not cause: an attempt that was interrupted
 * or lost with its worker is tried again as the type says.
 */
public final class RetryPolicy {

    private static final int LONGEST_CHAIN = 100;
    private static final RetryPolicy OF_TYPE = new RetryPolicy(Map.of(), null);

    private final Map<Class<?>, Rule<?>> rules;
    private final @Nullable Rule<Exception> otherwise;

    private RetryPolicy(Map<Class<?>, Rule<?>> rules, @Nullable Rule<Exception> otherwise) {
        this.rules = rules;
        this.otherwise = otherwise;
    }

    /** As the job type says, for every failure. */
    public static RetryPolicy ofType() {
        return OF_TYPE;
    }

    /**
     * This policy, with a rule for a class of exceptions and its subclasses.
     *
     * @throws IllegalArgumentException
     *             if it has one for this class
     */
    public <E extends Throwable> RetryPolicy on(Class<E> failure, RetryDelay<? super E> delay) {
        return with(new Rule<>(failure, delay, false));
    }

    /**
     * This policy, with a rule for a class of exceptions and its subclasses: as the job type says, but not before a time that the failure
     * tells, such as by {@code Retry-After}. Where that is null, as the type says.
     *
     * @throws IllegalArgumentException
     *             if it has one for this class
     */
    public <E extends Throwable> RetryPolicy notBefore(Class<E> failure, RetryDelay<? super E> earliest) {
        return with(new Rule<>(failure, earliest, true));
    }

    private RetryPolicy with(Rule<?> rule) {
        var more = new LinkedHashMap<>(rules);
        if (more.put(rule.failure(), rule) != null) {
            throw new IllegalArgumentException("two rules for " + rule.failure().getName() + ": remove one");
        }
        return new RetryPolicy(more, otherwise);
    }

    /**
     * This policy, with a rule for every failure that no other is for.
     *
     * @throws IllegalArgumentException
     *             if it has one
     */
    public RetryPolicy otherwise(RetryDelay<? super Exception> delay) {
        if (otherwise != null) {
            throw new IllegalArgumentException("two rules for all other failures: remove one");
        }
        return new RetryPolicy(rules, new Rule<>(Exception.class, delay, false));
    }

    /**
     * @param ofType
     *            what holds where it has no rule
     * @return null for a failure that is not to be tried again
     * @throws IllegalStateException
     *             if a rule's answer is out of its range
     */
    @Nullable
    Duration waitAfter(Exception failure, int attempt, Duration ofType) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < LONGEST_CHAIN; depth++) {
            var rule = ruleOf(cause.getClass());
            if (rule != null) {
                return rule.waitAfter(cause, attempt, ofType);
            }
            cause = cause.getCause();
        }
        return otherwise == null ? ofType : otherwise.waitAfter(failure, attempt, ofType);
    }

    private @Nullable Rule<?> ruleOf(Class<?> failure) {
        Class<?> type = failure;
        while (type != null && !rules.containsKey(type)) {
            type = type.getSuperclass();
        }
        return type == null ? null : rules.get(type);
    }

    /**
     * @param orLater
     *            whether the type's back-off holds where it is longer
     */
    private record Rule<E extends Throwable>(Class<E> failure, RetryDelay<? super E> delay, boolean orLater) {

        @Nullable
        Duration waitAfter(Throwable thrown, int attempt, Duration ofType) {
            var wait = delay.after(failure.cast(thrown), attempt);
            if (wait != null && (wait.isNegative() || wait.compareTo(EnqueueOptions.LONGEST) > 0)) {
                throw new IllegalStateException("a wait is zero to " + EnqueueOptions.LONGEST + ", but was " + wait);
            }
            return orLater && (wait == null || wait.compareTo(ofType) < 0) ? ofType : wait;
        }
    }
}
