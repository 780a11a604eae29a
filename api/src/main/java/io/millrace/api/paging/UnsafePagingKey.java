package io.millrace.api.paging;

/** Settings under which cursors could not be signed, or anybody could sign them; the API does not start. */
final class UnsafePagingKey extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnsafePagingKey(String message) {
        super(message);
    }
}
