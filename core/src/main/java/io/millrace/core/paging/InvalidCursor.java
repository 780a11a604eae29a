package io.millrace.core.paging;

/** A text that is no cursor of this listing. Does not repeat it. */
public final class InvalidCursor extends RuntimeException {

    private static final long serialVersionUID = 1;

    InvalidCursor() {
        super("not a cursor of this listing");
    }
}
