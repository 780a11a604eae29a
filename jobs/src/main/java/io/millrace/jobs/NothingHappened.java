package io.millrace.jobs;

/**
 * Thrown by an action of {@link Effects} that knows for sure that this call of it had no effect, as when the connection was
 * refused, or the upstream has answered that it does nothing now. The effect is as it was before the call: not begun, unless it was
 * in doubt already. {@code once} throws the cause in its place, which says what becomes of the attempt.
 *
 * <pre>{@code
 * catch (ConnectException e) {
 *     throw new NothingHappened(e);
 * }
 * }</pre>
 *
 * A timeout, or a connection that broke, says nothing of the kind. Should the database not answer, the effect stays in doubt.
 */
public final class NothingHappened extends Exception {

    private static final long serialVersionUID = 1;

    private final Exception why;

    /**
     * @param why
     *            what the handler sees, {@link TryAgainLater} or {@link PermanentFailure} as well
     */
    public NothingHappened(Exception why) {
        super(why);
        this.why = why;
    }

    /** The cause. */
    public Exception why() {
        return why;
    }
}
