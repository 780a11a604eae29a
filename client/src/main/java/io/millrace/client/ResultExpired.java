package io.millrace.client;

/** A job that has succeeded so long ago that its result is not kept any more. */
public final class ResultExpired extends MillraceException {

    private static final long serialVersionUID = 1;

    ResultExpired(String id, Problem problem) {
        super("job " + id + " has succeeded, and its result has expired", problem, null);
    }
}
