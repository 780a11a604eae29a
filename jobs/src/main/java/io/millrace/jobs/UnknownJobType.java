package io.millrace.jobs;

/** No job type of that name is known to this process. Nothing was queued. */
public final class UnknownJobType extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    UnknownJobType(String message) {
        super(message);
    }
}
