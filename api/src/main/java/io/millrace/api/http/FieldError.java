package io.millrace.api.http;

/**
 * One thing that is wrong with a request.
 *
 * @param field
 *            its path in the body, or the name of the parameter or header; empty for the body as a whole
 * @param message
 *            what is expected, without the value that was sent
 */
public record FieldError(String field, String message) {
}
