package io.millrace.core.content;

/** Nobody has the id of the user who is to have written it. */
public final class UnknownUser extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnknownUser() {
        super("no user has this id");
    }
}
