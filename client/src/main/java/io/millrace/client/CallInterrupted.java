package io.millrace.client;

/** The thread was interrupted while it waited for an answer, and is still marked so. What was asked for may have happened all the same. */
public final class CallInterrupted extends MillraceException {

    private static final long serialVersionUID = 1;

    CallInterrupted(InterruptedException cause) {
        super("interrupted while waiting for the answer", null, cause);
    }
}
