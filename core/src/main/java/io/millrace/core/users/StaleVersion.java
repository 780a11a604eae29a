package io.millrace.core.users;

/** The user has been changed since the caller looked; nothing has been changed now. */
public final class StaleVersion extends RuntimeException {

    private static final long serialVersionUID = 1;

    StaleVersion() {
        super("the user has another version by now");
    }
}
