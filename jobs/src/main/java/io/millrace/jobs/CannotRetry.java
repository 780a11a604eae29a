package io.millrace.jobs;

import java.util.UUID;

/** A job that cannot be put back. Nothing has changed, and the caller's transaction can go on. */
public final class CannotRetry extends IllegalStateException {

    private static final long serialVersionUID = 1;

    private final Reason reason;

    /** Why not. */
    public enum Reason {
        /** There is no job of this id, or none any more. */
        UNKNOWN,
        /** It waits, runs, has succeeded or was deleted. */
        NOT_FAILED,
        /** Its row was parked because it cannot be read; it has to be mended first. */
        UNREADABLE
    }

    private CannotRetry(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    static CannotRetry unknown(UUID id) {
        return new CannotRetry(Reason.UNKNOWN, "there is no job " + id + ", or none any more");
    }

    static CannotRetry notFailed(UUID id, String state) {
        return new CannotRetry(Reason.NOT_FAILED, "job " + id + " is " + state + "; only a FAILED job can be put back");
    }

    static CannotRetry unreadable(UUID id) {
        return new CannotRetry(Reason.UNREADABLE, "job " + id + " cannot be read, so no attempt can succeed;"
                + " its row's column unreadable holds what has to be mended");
    }

    public Reason reason() {
        return reason;
    }
}
