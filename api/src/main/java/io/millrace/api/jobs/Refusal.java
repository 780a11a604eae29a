package io.millrace.api.jobs;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

import io.millrace.api.http.FieldError;
import io.millrace.api.http.ProblemException;
import io.millrace.api.http.UnreadableJson;
import io.millrace.jobs.InvalidEnqueueOption;
import io.millrace.jobs.InvalidPayload;
import io.millrace.jobs.InvalidSchedule;
import io.millrace.jobs.UnknownJobType;

/** Why a job, or a schedule of such, cannot be queued, in the words of who asked for it. */
public record Refusal(HttpStatus status, String kind, String title, List<FieldError> errors) {

    static final String INVALID = "invalid-request";

    /** Of what the engine throws; anything else is thrown on. */
    public static Refusal of(IllegalArgumentException refused) {
        return switch (refused) {
            case UnknownJobType _ ->
                unprocessable("unknown-job-type", "There is no such job type",
                        List.of(new FieldError("type", "is not a known job type")));
            case InvalidPayload invalid -> unprocessable("invalid-payload", "The payload does not fit its job type",
                    invalid.violations().stream().map(Refusal::fieldError).toList());
            case InvalidEnqueueOption option -> invalid(List.of(new FieldError(nameOf(option), option.remedy())));
            case InvalidSchedule schedule -> invalid(List.of(new FieldError(schedule.field(), schedule.remedy())));
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

    /** More labels than a job may have, or longer ones. */
    static Refusal labelLimit(int most, int longest) {
        return new Refusal(HttpStatus.BAD_REQUEST, "label-limit", "There are too many labels, or one is too long",
                List.of(new FieldError("labels",
                        "must be at most " + most + " of at most " + longest + " characters")));
    }

    /** Of what a mapper has thrown; null where there is nothing to read. */
    static Refusal unreadable(@Nullable Throwable cause) {
        return cause != null && UnreadableJson.isTooDeep(cause)
                ? new Refusal(HttpStatus.BAD_REQUEST, "json-too-deep", "The JSON is nested too deeply",
                        List.of(new FieldError("", "has too many lists and objects within one another")))
                : invalid(List.of(UnreadableJson.explain(cause)));
    }

    /** What has a kind already. */
    static Refusal of(ProblemException problem) {
        var body = problem.getBody();
        String type = String.valueOf(body.getType());
        return new Refusal(HttpStatus.valueOf(body.getStatus()), type.substring(type.lastIndexOf('/') + 1),
                String.valueOf(body.getTitle()), List.of(new FieldError("", String.valueOf(body.getDetail()))));
    }

    /** The same as the end of a request. */
    public ProblemException problem() {
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
