package io.millrace.jobs;

/** One job of many cannot be queued; its cause says why. Nothing was queued. */
public final class RefusedInBulk extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    private final long index;

    RefusedInBulk(long index, IllegalArgumentException cause) {
        super("job " + index + " of the stream: " + cause.getMessage(), cause);
        this.index = index;
    }

    /** Which one of the stream it was; the first is 0. */
    public long index() {
        return index;
    }
}
