package io.millrace.dashboard;

import org.jspecify.annotations.Nullable;

/** Why the dashboard does not start, in one sentence for the operator, and what to do about it in another. */
final class CannotStart extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String remedy;

    CannotStart(String problem, String remedy, @Nullable Throwable cause) {
        super(problem, cause);
        this.remedy = remedy;
    }

    String remedy() {
        return remedy;
    }
}
