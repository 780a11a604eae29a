package io.millrace.client;

import java.io.Serializable;

/**
 * One thing that is wrong with a request.
 *
 * @param field
 *            its path in the body, or the name of the parameter or header; empty for the body as a whole
 * @param message
 *            what is expected
 */
public record FieldError(String field, String message) implements Serializable {
}
