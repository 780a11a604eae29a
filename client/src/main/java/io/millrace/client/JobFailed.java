package io.millrace.client;

/** A job that has used up its attempts, or cannot succeed. It stays at the server until somebody puts it back. */
public final class JobFailed extends MillraceException {

    private static final long serialVersionUID = 1;

    private final String id;
    private final String errorType;
    private final String errorMessage;

    JobFailed(String id, Problem problem, Job.Failure error) {
        super("job " + id + " failed with " + error.type() + ": " + error.message(), problem, null);
        this.id = id;
        this.errorType = error.type();
        this.errorMessage = error.message();
    }

    /** The job's. */
    public String id() {
        return id;
    }

    /** The simple name of the exception's class on the worker. */
    public String errorType() {
        return errorType;
    }

    /** The exception's. */
    public String errorMessage() {
        return errorMessage;
    }
}
