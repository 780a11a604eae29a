package io.millrace.api.http;

import java.net.URI;
import java.util.List;
import java.util.Locale;

import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;

/**
 * Kinds of problem and their {@code type}, which is stable: services may switch on it. A URI reference, as RFC 9457
 * allows, so that it names no host.
 */
enum Problem {

    INVALID_REQUEST(400, "The request is not valid"), //
    JSON_TOO_DEEP(400, "The JSON is nested too deeply"), //
    PAGE_LIMIT(400, "The page is too large"), //
    UNAUTHORIZED(401, "An API key is needed"), //
    FORBIDDEN(403, "This caller is not let in"), //
    NOT_FOUND(404, "There is nothing here"), //
    METHOD_NOT_ALLOWED(405, "The method is not allowed here"), //
    NOT_ACCEPTABLE(406, "No representation fits the Accept header"), //
    GONE(410, "It is not there any more"), //
    PRECONDITION_FAILED(412, "It has changed since you read it"), //
    TOO_LARGE(413, "The body is too large"), //
    URI_TOO_LONG(414, "The request line is too long"), //
    UNSUPPORTED_MEDIA_TYPE(415, "The Content-Type is not supported here"), //
    RANGE_NOT_SATISFIABLE(416, "No part of it lies in the range"), //
    HEADERS_TOO_LARGE(431, "The headers are too large, or too many"), //
    INTERNAL(500, "Something went wrong on our side"), //
    NOT_IMPLEMENTED(501, "The method or the encoding is not supported"), //
    UNAVAILABLE(503, "The service cannot answer right now"), //
    HTTP_VERSION(505, "This needs HTTP/1.1");

    private final HttpStatus status;
    private final String title;

    Problem(int status, String title) {
        this.status = HttpStatus.valueOf(status);
        this.title = title;
    }

    HttpStatus status() {
        return status;
    }

    ProblemDetail detail(String detail) {
        return detail(detail, List.of());
    }

    ProblemDetail detail(String detail, List<FieldError> errors) {
        return titled(status, typeName(), title, detail, errors);
    }

    /**
     * The same for a status, by the first kind that has it; that of one that only the framework or Tomcat uses, e.g. 417, is
     * its nearest relative's.
     */
    static ProblemDetail of(HttpStatusCode status, String detail) {
        for (Problem problem : values()) {
            if (problem.status.value() == status.value()) {
                return problem.detail(detail);
            }
        }
        Problem nearest = status.is4xxClientError() ? INVALID_REQUEST : INTERNAL;
        return titled(status, nearest.typeName(), nearest.title, detail, List.of());
    }

    static ProblemDetail titled(HttpStatusCode status, String kind, String title, String detail,
            List<FieldError> errors) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(URI.create("/problems/" + kind));
        problem.setTitle(title);
        if (!errors.isEmpty()) {
            problem.setProperty("errors", errors);
        }
        return problem;
    }

    private String typeName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
