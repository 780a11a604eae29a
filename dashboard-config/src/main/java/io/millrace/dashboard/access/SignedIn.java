package io.millrace.dashboard.access;

/**
 * Whoever looks at a page, as {@code signedIn} among its attributes; absent where nobody is let in yet.
 *
 * @param canLeave
 *            whether there is a session to end
 */
public record SignedIn(String name, Role role, boolean canLeave) {

    /** Whether buttons that change something make sense. */
    public boolean operator() {
        return role == Role.OPERATOR;
    }
}
