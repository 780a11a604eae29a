package io.millrace.core.users;

/** Another user has this address, in whatever case. Holds no address, so that it can be logged. */
public final class EmailTaken extends RuntimeException {

    private static final long serialVersionUID = 1;

    EmailTaken() {
        super("another user has this address");
    }
}
