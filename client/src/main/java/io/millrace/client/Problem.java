package io.millrace.client;

import java.io.Serializable;
import java.util.List;

/**
 * Why a server did not do what it was asked, as {@code application/problem+json} (RFC 9457) tells it.
 *
 * @param status
 *            of the answer, e.g. 422
 * @param type
 *            stable, to switch on, e.g. {@code /problems/invalid-payload}; {@code about:blank} where the answer was no problem of the
 *            API's, but of what stands before it
 * @param detail
 *            for people; may be empty
 */
public record Problem(int status, String type, String title, String detail,
        List<FieldError> errors) implements Serializable {

    public Problem {
        errors = List.copyOf(errors);
    }
}
