package io.millrace.api.http;

import java.sql.SQLException;
import java.util.List;
import jakarta.servlet.http.HttpServletResponse;

import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.validation.Errors;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;

import io.millrace.core.files.ContentUnavailable;

/**
 * The one place where an exception becomes an answer. What a caller did wrong is named; what we did wrong is logged, and
 * the caller is told no more than that.
 */
@RestControllerAdvice
class ProblemTranslator extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemTranslator.class);

    /** Postgres' own code. */
    private static final String DISK_FULL = "53100";

    private final ApiSettings settings;

    ProblemTranslator(ApiSettings settings) {
        this.settings = settings;
    }

    @ExceptionHandler({DataAccessResourceFailureException.class, TransientDataAccessException.class,
            RecoverableDataAccessException.class, QueryTimeoutException.class,
            CannotCreateTransactionException.class, TransactionSystemException.class})
    ResponseEntity<Object> databaseUnavailable(Exception exception, HttpServletResponse response) throws Exception {
        cutOffWhatHasBegun(response, exception);
        LOG.warn("answered 503, the database cannot be used: {}", exception.toString());
        boolean isFull = NestedExceptionUtils.getMostSpecificCause(exception) instanceof SQLException sql
                && DISK_FULL.equals(sql.getSQLState());
        var problem = isFull ? ProblemException.databaseFull() : ProblemException.databaseUnreachable();
        return ResponseEntity.status(problem.getStatusCode()).headers(problem.getHeaders()).body(problem.getBody());
    }

    @ExceptionHandler(ContentUnavailable.class)
    ResponseEntity<Object> filesUnavailable(ContentUnavailable exception, HttpServletResponse response)
            throws Exception {
        cutOffWhatHasBegun(response, exception);
        LOG.warn("answered 503, files cannot be stored or read: {}", exception.getMessage());
        var problem = ProblemException.filesUnavailable();
        return ResponseEntity.status(problem.getStatusCode()).headers(problem.getHeaders()).body(problem.getBody());
    }

    @ExceptionHandler(MultipartException.class)
    @Nullable
    ResponseEntity<Object> brokenMultipart(MultipartException exception, WebRequest request) {
        return invalid(exception, new HttpHeaders(), request,
                List.of(new FieldError("", "the body is not valid multipart/form-data, or was cut short")));
    }

    /** Tomcat reads the query when somebody first asks for a parameter, and throws this for an encoding that is none. */
    @ExceptionHandler(InvalidParameterException.class)
    @Nullable
    ResponseEntity<Object> unreadableParameters(InvalidParameterException exception, WebRequest request) {
        if (TooManyParameters.isWhy(exception)) {
            var problem = ProblemException.of(HttpStatus.BAD_REQUEST, "too-many-parameters",
                    "There are too many parameters", List.of(new FieldError("",
                            "the query may have at most " + settings.maxParameters() + " parameters")));
            return handleExceptionInternal(problem, null, problem.getHeaders(), problem.getStatusCode(), request);
        }
        return invalid(exception, new HttpHeaders(), request,
                List.of(new FieldError("", "the query must be percent-encoded UTF-8")));
    }

    @ExceptionHandler(Exception.class)
    ResponseEntity<Object> unexpected(Exception exception, HttpServletResponse response) throws Exception {
        cutOffWhatHasBegun(response, exception);
        if (DisconnectedClientHelper.isClientDisconnectedException(exception)) {
            // Most likely nobody reads it; told all the same, in case it was another connection that broke.
            LOG.debug("answered 500, the client seems to be gone", exception);
        } else {
            LOG.error("answered 500", exception);
        }
        return ResponseEntity.status(Problem.INTERNAL.status())
                .body(Problem.INTERNAL.detail("The request could not be answered; it has been logged."));
    }

    /**
     * An answer whose first bytes are out cannot become another one. Of what is thrown on, Tomcat closes the connection, so
     * that the client sees that its answer is incomplete; a client that is gone itself goes unmentioned.
     */
    private static void cutOffWhatHasBegun(HttpServletResponse response, Exception exception) throws Exception {
        if (response.isCommitted()) {
            throw exception;
        }
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(HttpMessageNotReadableException exception,
            HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        // Jackson wraps what is thrown while it reads.
        for (Throwable cause = exception.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException problem) {
                return handleExceptionInternal(problem, null, problem.getHeaders(), problem.getStatusCode(), request);
            }
            if (UnreadableJson.isTooDeep(cause)) {
                return handleExceptionInternal(exception, Problem.JSON_TOO_DEEP.detail("Lists and objects within one"
                        + " another may be at most " + settings.maxJsonDepth() + "."), headers,
                        Problem.JSON_TOO_DEEP.status(), request);
            }
        }
        return invalid(exception, headers, request, List.of(UnreadableJson.explain(exception)));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(MethodArgumentNotValidException exception,
            HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return invalid(exception, headers, request, fieldErrors(exception.getBindingResult()));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHandlerMethodValidationException(
            HandlerMethodValidationException exception, HttpHeaders headers, HttpStatusCode status,
            WebRequest request) {
        List<FieldError> errors = exception.getParameterValidationResults().stream()
                .flatMap(result -> parameterErrors(result).stream()).toList();
        return invalid(exception, headers, request, errors);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleTypeMismatch(TypeMismatchException exception, HttpHeaders headers,
            HttpStatusCode status, WebRequest request) {
        if (exception instanceof MethodArgumentTypeMismatchException mismatch
                && mismatch.getParameter().hasParameterAnnotation(PathVariable.class)) {
            // Ids are opaque to callers: one that cannot be ours is simply not there.
            return handleExceptionInternal(exception, Problem.NOT_FOUND.detail("Nothing has this id."), headers,
                    Problem.NOT_FOUND.status(), request);
        }
        return invalid(exception, headers, request,
                List.of(new FieldError(String.valueOf(exception.getPropertyName()), "has a value of the wrong form")));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMissingServletRequestParameter(
            MissingServletRequestParameterException exception, HttpHeaders headers, HttpStatusCode status,
            WebRequest request) {
        return invalid(exception, headers, request,
                List.of(new FieldError(exception.getParameterName(), "is missing")));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(Exception exception, @Nullable Object body,
            HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var servlet = request instanceof ServletWebRequest web ? web.getResponse() : null;
        if (servlet != null && servlet.isCommitted()) {
            if (!DisconnectedClientHelper.isClientDisconnectedException(exception)) {
                // As above: to return would end the answer as if it were complete.
                throw new IllegalStateException("the answer broke off", exception);
            }
            LOG.debug("the client left", exception);
            return null;
        }
        Object given = body == null && exception instanceof ErrorResponse response ? response.getBody() : body;
        Object ours = given instanceof ProblemDetail problem && !hasType(problem)
                ? Problem.of(status, problem.getDetail() == null ? "" : problem.getDetail())
                : given;
        return super.handleExceptionInternal(exception, ours, headers, status, request);
    }

    private @Nullable ResponseEntity<Object> invalid(Exception exception, HttpHeaders headers, WebRequest request,
            List<FieldError> errors) {
        return handleExceptionInternal(exception,
                Problem.INVALID_REQUEST.detail(ProblemException.sentence(errors), errors), headers,
                Problem.INVALID_REQUEST.status(), request);
    }

    private static List<FieldError> parameterErrors(ParameterValidationResult result) {
        if (result instanceof ParameterErrors body) {
            return fieldErrors(body);
        }
        String parameter = String.valueOf(result.getMethodParameter().getParameterName());
        return result.getResolvableErrors().stream()
                .map(error -> new FieldError(parameter, String.valueOf(error.getDefaultMessage()))).toList();
    }

    private static List<FieldError> fieldErrors(Errors result) {
        return result.getFieldErrors().stream()
                .map(error -> new FieldError(error.getField(), String.valueOf(error.getDefaultMessage())))
                .toList();
    }

    private static boolean hasType(ProblemDetail problem) {
        return problem.getType() != null && problem.getType().toString().startsWith("/problems/");
    }
}
