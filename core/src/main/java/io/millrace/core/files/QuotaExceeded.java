package io.millrace.core.files;

/** The files of an API key would take more than its quota. */
public final class QuotaExceeded extends FileRefused {

    private static final long serialVersionUID = 1;

    private final long used;
    private final long limit;

    QuotaExceeded(long used, long limit) {
        super("the files of this API key take " + used + " of " + limit + " bytes");
        this.used = used;
        this.limit = limit;
    }

    /** Bytes that are taken already, by files and by uploads under way. */
    public long used() {
        return used;
    }

    /** Bytes that may be. */
    public long limit() {
        return limit;
    }
}
