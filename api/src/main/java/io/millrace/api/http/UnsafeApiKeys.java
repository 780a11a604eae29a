package io.millrace.api.http;

/** Settings under which the API would be open to anybody; it does not start. */
final class UnsafeApiKeys extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnsafeApiKeys(String message) {
        super(message);
    }
}
