package io.millrace.api.jobs;

import java.util.List;

import org.springframework.http.HttpStatus;

import io.millrace.api.http.FieldError;
import io.millrace.api.http.ProblemException;
import io.millrace.jobs.InvalidEnqueueOption;
import io.millrace.jobs.InvalidPayload;
import io.millrace.jobs.UnknownJobType;

/** Why a job cannot be queued, in the words of who asked for it. */
record Refusal(HttpStatus status, String kind, String title, List<FieldError> errors) {

    static final String INVALID = "invalid-request";

    /** Of what the engine throws; anything else is thrown on. */
    static Refusal of(IllegalArgumentException refused) {
        return switch (refused) {
            case UnknownJobType _ ->
                unprocessable("unknown-job-type", "There is no such job type",
                        List.of(new FieldError("type", "is not a known job type")));
            case InvalidPayload invalid -> unprocessable("invalid-payload", "The payload does not fit its job type",
                    invalid.violations().stream().map(Refusal::fieldError).toList());
            case InvalidEnqueueOption option -> invalid(List.of(new FieldError(nameOf(option), option.remedy())));
            case BadField bad -> invalid(List.of(new FieldError(bad.field(), bad.remedy())));
            default -> throw refused;
        };
    }

    static Refusal invalid(List<FieldError> errors) {
        return new Refusal(HttpStatus.BAD_REQUEST, INVALID, "The request is not valid", errors);
    }

    static Refusal payloadTooLarge(long most) {
        return new Refusal(HttpStatus.CONTENT_TOO_LARGE, "payload-too-large", "The payload is too large",
                List.of(new FieldError("payload", "must be at most " + most
                        + " bytes of JSON; store what is larger, and name it in the payload")));
    }

    ProblemException problem() {
        return ProblemException.of(status, kind, title, errors);
    }

    private static Refusal unprocessable(String kind, String title, List<FieldError> errors) {
        return new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, kind, title, errors);
    }

    /** One has another name here. */
    private static String nameOf(InvalidEnqueueOption option) {
        return option.field().equals("timeLimit") ? "timeout" : option.field();
    }

    private static FieldError fieldError(InvalidPayload.Violation violation) {
        return new FieldError(violation.field().isEmpty() ? "payload" : "payload." + violation.field(),
                violation.message());
    }
}
