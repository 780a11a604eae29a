package io.millrace.core.http;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import jakarta.validation.constraints.NotNull;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import io.millrace.jobs.Job;
import io.millrace.jobs.JobType;

/**
 * Calls a service's own URL. Done when it answers 2xx; tried again after 408, 425, 429, 5xx and where no answer came, not before
 * the time that a {@code Retry-After} names; any other answer fails the job at once.
 *
 * <p>
 * The request may come more than once, with the job's id in {@code webhook-id} each time. All of it stands in the queue's row until the
 * job is removed, so a header is no place for a secret that must not be stored: verify the signature instead.
 *
 * @param url
 *            see {@link HttpTarget}
 * @param method
 *            POST unless told
 * @param headers
 *            at most 30; none that says how the request is carried ({@code Host}, {@code Content-Length}, {@code Connection}, …), and
 *            none of the signature's
 * @param body
 *            any JSON but null, at most 100,000 characters of it; sent as {@code application/json} unless a header says otherwise. Null for none
 * @param timeout
 *            for all of the call, redirects included: 1 s to 5 min, 30 s unless told
 */
@HttpCallRules
@JobType(name = "http-call", queue = "http", timeLimit = "PT6M")
public record HttpCall(@NotNull String url, @Nullable Method method, @Nullable Map<String, String> headers,
        @Nullable JsonNode body, @Nullable Duration timeout) implements Job<HttpCall.Answered> {

    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(30);

    /** Of a request. */
    public enum Method {
        GET, POST, PUT, PATCH, DELETE
    }

    public HttpCall {
        headers = headers == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        body = body == null || body.isNull() ? null : body;
    }

    /** The one to use. */
    public Method methodOrPost() {
        return method == null ? Method.POST : method;
    }

    /** Those to send. */
    public Map<String, String> headersOrNone() {
        return headers == null ? Map.of() : headers;
    }

    /** The one to keep. */
    public Duration timeoutOrUsual() {
        return timeout == null ? USUAL_TIMEOUT : timeout;
    }

    /** Nothing of its payload. */
    @Override
    public String toString() {
        return "HttpCall[" + methodOrPost() + "]";
    }

    /**
     * What the service answered.
     *
     * @param body
     *            as JSON where it is that, whole and of at most the worker's {@code max-answer}; otherwise as text, up to that; null where it
     *            is neither or empty
     * @param truncated
     *            whether there was more of it
     * @param duration
     *            of the call, redirects included
     */
    public record Answered(int status, @Nullable String contentType, @Nullable JsonNode body, boolean truncated,
            Duration duration) {

        public Answered {
            body = body == null || body.isNull() ? null : body;
        }
    }
}
