package io.millrace.api.http;

import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Says which field of a body could not be read and what it should be, without repeating what was sent. */
final class UnreadableJson {

    private UnreadableJson() {
    }

    static FieldError explain(HttpMessageNotReadableException exception) {
        return switch (exception.getCause()) {
            case UnrecognizedPropertyException unknown -> new FieldError(path(unknown), "is not a known field");
            case InvalidFormatException format -> new FieldError(path(format), "must be " + expected(format));
            case MismatchedInputException mismatch -> new FieldError(path(mismatch), "must be " + expected(mismatch));
            case StreamReadException syntax -> new FieldError("", "the body is not valid JSON, see line "
                    + syntax.getLocation().getLineNr() + ", column " + syntax.getLocation().getColumnNr());
            case JacksonException other -> new FieldError(path(other), "cannot be read");
            case null, default -> new FieldError("", "the body is missing or was cut short");
        };
    }

    private static String expected(MismatchedInputException mismatch) {
        Class<?> type = mismatch.getTargetType();
        if (type == null) {
            return "of another type";
        }
        if (type == java.time.Instant.class) {
            return "an RFC 3339 date-time such as 2026-01-31T12:00:00Z";
        }
        if (type == java.time.Duration.class) {
            return "an ISO 8601 duration such as PT30S";
        }
        if (type == java.util.UUID.class || CharSequence.class.isAssignableFrom(type)) {
            return type == java.util.UUID.class ? "a UUID" : "a text";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type) || type == Boolean.class) {
            return type == boolean.class || type == Boolean.class ? "true or false" : "a number in range";
        }
        return java.util.Collection.class.isAssignableFrom(type) || type.isArray() ? "a list" : "an object";
    }

    private static String path(JacksonException exception) {
        var path = new StringBuilder();
        for (JacksonException.Reference step : exception.getPath()) {
            if (step.getPropertyName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return path.toString();
    }
}
