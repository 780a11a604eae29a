package io.millrace.api.http;

import java.time.Duration;
import java.util.List;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/**
 * Ends a request with a problem that its caller can do something about. Texts say what is expected and hold nothing of
 * what was sent.
 */
public final class ProblemException extends ErrorResponseException {

    private static final long serialVersionUID = 1;

    /** Long enough for a fail-over of the pool, short enough that a client's retry still makes sense. */
    private static final Duration DATABASE_RETRY_AFTER = Duration.ofSeconds(5);

    private ProblemException(ProblemDetail body) {
        super(HttpStatusCode.valueOf(body.getStatus()), body, null);
    }

    /** 403 of its own kind. */
    public static ProblemException forbidden(String kind, String title, String detail) {
        return new ProblemException(Problem.titled(HttpStatus.FORBIDDEN, kind, title, detail, List.of()));
    }

    /** 404. */
    public static ProblemException notFound(String detail) {
        return new ProblemException(Problem.NOT_FOUND.detail(detail));
    }

    /** 400 naming a field, parameter or header. */
    public static ProblemException invalid(String field, String message) {
        return invalid(List.of(new FieldError(field, message)));
    }

    /** 400 naming fields. */
    public static ProblemException invalid(List<FieldError> errors) {
        return new ProblemException(Problem.INVALID_REQUEST.detail(sentence(errors), errors));
    }

    /** 400 for a page that is larger than any may be; names the parameter. */
    public static ProblemException pageLimit(String parameter, String message) {
        List<FieldError> errors = List.of(new FieldError(parameter, message));
        return new ProblemException(Problem.PAGE_LIMIT.detail(sentence(errors), errors));
    }

    /** 415. */
    public static ProblemException unsupportedMediaType(String detail) {
        return new ProblemException(Problem.UNSUPPORTED_MEDIA_TYPE.detail(detail));
    }

    /** 415 for a Content-Encoding. */
    static ProblemException contentEncoding(String detail) {
        return unsupportedMediaType(detail);
    }

    /** 422 naming fields: well-formed, but nothing that can be done. */
    public static ProblemException unprocessable(String kind, String title, List<FieldError> errors) {
        return new ProblemException(
                Problem.titled(HttpStatus.UNPROCESSABLE_CONTENT, kind, title, sentence(errors), errors));
    }

    /** 409 of its own kind. */
    public static ProblemException conflict(String kind, String title, String detail, List<FieldError> errors) {
        return new ProblemException(Problem.titled(HttpStatus.CONFLICT, kind, title, detail, errors));
    }

    /** Of a kind and status of its own, naming fields. */
    public static ProblemException of(HttpStatusCode status, String kind, String title, List<FieldError> errors) {
        return new ProblemException(Problem.titled(status, kind, title, sentence(errors), errors));
    }

    /** 410. */
    public static ProblemException gone(String detail) {
        return new ProblemException(Problem.GONE.detail(detail));
    }

    /** 412. */
    public static ProblemException preconditionFailed(String detail) {
        return new ProblemException(Problem.PRECONDITION_FAILED.detail(detail));
    }

    /** 429 of its own kind, with Retry-After. */
    public static ProblemException tooMany(String kind, String title, String detail, Duration retryAfter) {
        return new ProblemException(Problem.titled(HttpStatus.TOO_MANY_REQUESTS, kind, title, detail, List.of()))
                .after(retryAfter);
    }

    /** 503 with Retry-After. */
    public static ProblemException unavailable(String detail, Duration retryAfter) {
        return new ProblemException(Problem.UNAVAILABLE.detail(detail)).after(retryAfter);
    }

    /** 503 of a request that needs the database, while that is away. */
    public static ProblemException databaseUnreachable() {
        return unavailable("The database cannot be reached in time.", DATABASE_RETRY_AFTER);
    }

    /** The same while that has no space left. */
    static ProblemException databaseFull() {
        return unavailable("The database has no space left; nothing was stored.", DATABASE_RETRY_AFTER);
    }

    /** 503 of an upload or a download, while the store of files or the virus scanner is away. */
    static ProblemException filesUnavailable() {
        return unavailable("Files cannot be stored or read now; nothing was kept.", DATABASE_RETRY_AFTER);
    }

    /** 503 with Retry-After, of a request of which surely nothing was done: clients may repeat any. */
    public static ProblemException overloaded(String detail, Duration retryAfter) {
        return new ProblemException(Problem.titled(HttpStatus.SERVICE_UNAVAILABLE, "overloaded",
                "Too much is under way", detail, List.of())).after(retryAfter);
    }

    /** The same with Retry-After. */
    public ProblemException after(Duration retryAfter) {
        getHeaders().set(HttpHeaders.RETRY_AFTER, Long.toString(retryAfter.toSeconds()));
        return this;
    }

    /** 505. */
    public static ProblemException httpVersion(String detail) {
        return new ProblemException(Problem.HTTP_VERSION.detail(detail));
    }

    /** 413. */
    public static ProblemException tooLarge(String detail) {
        return new ProblemException(Problem.TOO_LARGE.detail(detail));
    }

    /** 416 with Content-Range. */
    public static ProblemException rangeNotSatisfiable(long size) {
        var problem = new ProblemException(Problem.RANGE_NOT_SATISFIABLE
                .detail("Of this content there are " + size + " bytes."));
        problem.getHeaders().set(HttpHeaders.CONTENT_RANGE, "bytes */" + size);
        return problem;
    }

    static String sentence(List<FieldError> errors) {
        return errors.stream().map(error -> (error.field() + " " + error.message()).strip())
                .reduce((a, b) -> a + "; " + b)
                .orElse("");
    }
}
