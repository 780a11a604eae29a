package io.millrace.api.http;

import java.net.URI;
import java.util.List;

import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;

/**
 * Kinds of problem and their {@code type}, which is stable: services may switch on it. A URI reference, as RFC 9457
 * allows, so that it names no host.
 */
enum Problem {

    INVALID_REQUEST(HttpStatus.BAD_REQUEST, "The request is not valid"), UNAUTHORIZED(HttpStatus.UNAUTHORIZED,
            "An API key is needed"), NOT_FOUND(HttpStatus.NOT_FOUND, "There is nothing here"), METHOD_NOT_ALLOWED(
                    HttpStatus.METHOD_NOT_ALLOWED,
                    "The method is not allowed here"), NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE,
                            "No representation fits the Accept header"), CONFLICT(HttpStatus.CONFLICT,
                                    "The request conflicts with what is there"), GONE(HttpStatus.GONE,
                                            "It is not there any more"), TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE,
                                                    "The body is too large"), UNSUPPORTED_MEDIA_TYPE(
                                                            HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                                                            "The Content-Type is not supported here"), UNPROCESSABLE(
                                                                    HttpStatus.UNPROCESSABLE_CONTENT,
                                                                    "The request cannot be processed"), INTERNAL(
                                                                            HttpStatus.INTERNAL_SERVER_ERROR,
                                                                            "Something went wrong on our side"), UNAVAILABLE(
                                                                                    HttpStatus.SERVICE_UNAVAILABLE,
                                                                                    "The service cannot answer right now");

    private final HttpStatus status;
    private final String title;

    Problem(HttpStatus status, String title) {
        this.status = status;
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

    /** The same for a status that only the framework or Tomcat uses, e.g. 431; its kind is its nearest relative's. */
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
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
