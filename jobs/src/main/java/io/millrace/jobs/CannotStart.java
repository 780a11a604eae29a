package io.millrace.jobs;

import org.jspecify.annotations.Nullable;

/**
 * Why a process does not start, in one sentence for its operator, and what to do about it in another; thrown while the
 * application context is made, where {@code FailureAnalyzer}s print both in place of a stack trace.
 */
public final class CannotStart extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String remedy;

    /** Says {@code problem}, then {@code remedy}; both go to the log, so neither may hold a secret. */
    public CannotStart(String problem, String remedy, @Nullable Throwable cause) {
        super(problem, cause);
        this.remedy = remedy;
    }

    /** What the operator can do. */
    public String remedy() {
        return remedy;
    }
}
