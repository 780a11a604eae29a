package io.millrace.jobs.tracing;

/**
 * What a span says of a failure: its class. Not its message, which may repeat what was being worked on, nor its stack trace: they
 * stand with the job.
 */
public final class FailureKind extends Exception {

    private static final long serialVersionUID = 1;

    private FailureKind(String kind) {
        super(kind, null, false, false);
    }

    /** Of a failure that is no exception, such as an HTTP status. */
    public static FailureKind named(String kind) {
        return new FailureKind(kind);
    }

    public static FailureKind of(Throwable failure) {
        return new FailureKind(failure.getClass().getName());
    }
}
