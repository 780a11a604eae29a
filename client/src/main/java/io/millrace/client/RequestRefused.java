package io.millrace.client;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * The server has answered, and not with what was asked for. After 429, 502, 503 and 504 that is after all retries, or because
 * {@link #retryAfter()} is longer than a call waits.
 */
public class RequestRefused extends MillraceException {

    private static final long serialVersionUID = 1;

    private final Problem refusal;
    private final @Nullable Duration retryAfter;

    RequestRefused(String request, Problem refusal, @Nullable Duration retryAfter) {
        super(sentence(request, refusal), refusal, null);
        this.refusal = refusal;
        this.retryAfter = retryAfter;
    }

    /** Of the answer, e.g. 422. */
    public int status() {
        return refusal.status();
    }

    /** Stable, to switch on, e.g. {@code /problems/invalid-payload}. */
    public String type() {
        return refusal.type();
    }

    /** Which fields, parameters or headers are wrong; may be empty. */
    public List<FieldError> errors() {
        return refusal.errors();
    }

    /** How long the server asks to be left alone; empty if it does not say. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    private static String sentence(String request, Problem refusal) {
        return List.of(request + " was answered " + refusal.status(), refusal.title(), refusal.detail()).stream()
                .filter(part -> !part.isEmpty()).collect(Collectors.joining(": "));
    }
}
