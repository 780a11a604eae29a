package io.millrace.client;

/** A job that was cancelled before it had a result; it will never have one. */
public final class JobCancelled extends MillraceException {

    private static final long serialVersionUID = 1;

    JobCancelled(String id, Problem problem) {
        super("job " + id + " was cancelled and has no result", problem, null);
    }
}
