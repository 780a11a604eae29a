package io.millrace.client;

import java.lang.reflect.Type;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is sent and what comes back, as JSON. Payloads and results are the service's, the rest is ours. */
final class JobJson {

    private static final JsonMapper OURS = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private final JsonMapper theirs;

    JobJson(JsonMapper theirs) {
        this.theirs = theirs;
    }

    /**
     * The body of {@code POST /jobs}.
     *
     * @throws JacksonException
     *             if the payload cannot be written
     */
    byte[] write(NewJob<?> job) {
        var body = new LinkedHashMap<String, @Nullable Object>();
        body.put("type", job.type().name());
        body.put("payload", theirs.<JsonNode>valueToTree(job.payload()));
        body.putAll(job.options());
        return OURS.writeValueAsBytes(body);
    }

    /** The same as a line of NDJSON. */
    byte[] line(NewJob<?> job) {
        var body = write(job);
        var line = Arrays.copyOf(body, body.length + 1);
        line[body.length] = '\n';
        return line;
    }

    Job job(String json) {
        return OURS.readValue(json, Job.class);
    }

    <T> T read(String json, Class<T> type) {
        return OURS.readValue(json, type);
    }

    /** NullAway: a null result is null for those types alone that say so. */
    @SuppressWarnings({"unchecked", "NullAway", "TypeParameterUnusedInFormals"})
    <R extends @Nullable Object> R result(String json, Type type) {
        return type == Void.class ? (R) null : (R) theirs.readValue(json, theirs.constructType(type));
    }

    /** Of an answer that is none of those wanted. */
    static RequestRefused refusal(Call call, HttpResponse<String> answer) {
        return new RequestRefused(call.name(), problem(answer), RetryAfter.of(answer.headers()).orElse(null));
    }

    static Problem problem(HttpResponse<String> answer) {
        int status = answer.statusCode();
        var body = tree(answer.body());
        String type = body.path("type").asString("about:blank");
        var errors = body.path("errors").valueStream()
                .map(error -> new FieldError(error.path("field").asString(""), error.path("message").asString("")))
                .toList();
        return new Problem(status, type, body.path("title").asString(""), body.path("detail").asString(""), errors);
    }

    /** An empty object if it is no object, as what a proxy answers. */
    static JsonNode tree(String json) {
        try {
            var body = OURS.readTree(json);
            return body.isObject() ? body : OURS.createObjectNode();
        } catch (JacksonException e) {
            return OURS.createObjectNode();
        }
    }

    /** A page of {@code GET /jobs}. */
    record Page(List<Job> data, Pagination pagination) {
    }

    record Pagination(@Nullable String nextCursor, boolean hasNext) {
    }
}
