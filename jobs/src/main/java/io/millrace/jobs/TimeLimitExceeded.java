package io.millrace.jobs;

/**
 * Why an attempt failed that took longer than the {@link JobType#timeLimit} of its job type. Handlers see an interrupt, not
 * this; it is what the job's history shows, and what a {@link RetryPolicy} is asked about. What the handler threw when it was
 * told to stop is among the {@link #getSuppressed suppressed}.
 */
public final class TimeLimitExceeded extends RuntimeException {

    private static final long serialVersionUID = 1;

    private TimeLimitExceeded(String message) {
        super(message);
    }

    static TimeLimitExceeded stopped(TimeLimit limit, Exception thrown) {
        var exceeded = new TimeLimitExceeded("it took longer than " + limit.soft() + " and was told to stop");
        // Not as the cause: JobRunr takes an interrupt there for the worker's stop.
        exceeded.addSuppressed(thrown);
        return exceeded;
    }

    static TimeLimitExceeded ignored(TimeLimit limit) {
        return new TimeLimitExceeded("it took longer than " + limit.soft() + ", was told to stop and has not for "
                + limit.grace() + "; its handler may still run");
    }
}
