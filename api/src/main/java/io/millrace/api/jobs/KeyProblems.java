package io.millrace.api.jobs;

import java.time.Duration;
import java.util.List;

import io.millrace.api.http.FieldError;
import io.millrace.api.http.ProblemException;

/** What can be wrong with a key that another request has used. */
final class KeyProblems {

    private KeyProblems() {
    }

    static ProblemException reused() {
        return ProblemException.conflict("idempotency-key-reused", "The idempotency key stands for another request",
                "This key was sent before with another body; take a new key for a new request.",
                List.of(new FieldError(IdempotencyKeyHeader.NAME, "was sent before with another body")));
    }

    static ProblemException underWay(Duration retryAfter) {
        return ProblemException.conflict("request-under-way", "The same request is under way",
                "Another request with the same key has not ended yet; send it again in a moment.", List.of())
                .after(retryAfter);
    }
}
