package io.millrace.client;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * What went wrong between a service and Millrace; its subclasses say what. Messages hold what the server said, paths and ids: never the API
 * key, and no payload.
 */
public class MillraceException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final @Nullable Problem problem;

    MillraceException(String message, @Nullable Problem problem, @Nullable Throwable cause) {
        super(message, cause);
        this.problem = problem;
    }

    /** What the server said; empty if it said nothing. */
    public Optional<Problem> problem() {
        return Optional.ofNullable(problem);
    }
}
