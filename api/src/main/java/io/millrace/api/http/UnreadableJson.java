package io.millrace.api.http;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

import io.millrace.jobs.json.JsonPath;

/** Says which field of a body could not be read and what it should be, without repeating what was sent. */
public final class UnreadableJson {

    private UnreadableJson() {
    }

    static FieldError explain(HttpMessageNotReadableException exception) {
        return explain(exception.getCause());
    }

    /** Of what a mapper has thrown; null where there is nothing to read. */
    public static FieldError explain(@Nullable Throwable problem) {
        return switch (problem) {
            case UnrecognizedPropertyException unknown -> new FieldError(JsonPath.of(unknown), "is not a known field");
            case MismatchedInputException mismatch -> new FieldError(JsonPath.of(mismatch), expected(mismatch));
            case InputCoercionException range -> new FieldError(JsonPath.of(range), "must be a whole number in range");
            case StreamReadException syntax ->
                new FieldError(JsonPath.of(syntax), "the body is not valid JSON, or has a field twice, see line "
                        + syntax.getLocation().getLineNr() + ", column " + syntax.getLocation().getColumnNr());
            case JacksonException other -> new FieldError(JsonPath.of(other), "cannot be read");
            case null, default -> new FieldError("", "the body is missing or was cut short");
        };
    }

    /** Jackson has one type for all that is too much, and tells in words which it was. */
    static boolean isTooDeep(Throwable failure) {
        return failure instanceof StreamConstraintsException
                && String.valueOf(failure.getMessage()).contains("nesting depth");
    }

    private static String expected(MismatchedInputException mismatch) {
        Class<?> type = mismatch.getTargetType();
        if (type == null) {
            return "must be of another type";
        }
        if (type == Instant.class) {
            return "must be an RFC 3339 date-time such as 2026-01-31T12:00:00Z";
        }
        if (type == Duration.class) {
            return "must be an ISO 8601 duration such as PT30S";
        }
        if (type == UUID.class) {
            return "must be a UUID";
        }
        if (type == String.class) {
            return mismatch instanceof InvalidFormatException && mismatch.getCurrentToken() == JsonToken.VALUE_STRING
                    ? "must not contain the NUL character or half a surrogate pair"
                    : "must be a text";
        }
        if (type.isEnum()) {
            return "must be one of " + String.join(", ", Arrays.stream(type.getEnumConstants())
                    .map(constant -> constant instanceof Scope scope ? scope.text() : constant.toString()).toList());
        }
        return "must be " + kind(type);
    }

    private static String kind(Class<?> type) {
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type == BigDecimal.class) {
            return "a number";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "a whole number in range";
        }
        return Collection.class.isAssignableFrom(type) || type.isArray() ? "a list" : "an object";
    }
}
