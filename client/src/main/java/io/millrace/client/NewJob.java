package io.millrace.client;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A job to be enqueued. Whatever is not said is as the job type has it. Immutable: each {@code with} method returns another one. Ranges are
 * checked by the server.
 *
 * @param <R>
 *            the result
 */
public final class NewJob<R extends @Nullable Object> {

    private final JobType<?, R> type;
    private final @Nullable Object payload;
    private final Map<String, Object> options;
    private final @Nullable String idempotencyKey;

    NewJob(JobType<?, R> type, @Nullable Object payload) {
        this(type, payload, Map.of(), null);
    }

    private NewJob(JobType<?, R> type, @Nullable Object payload, Map<String, Object> options,
            @Nullable String idempotencyKey) {
        this.type = type;
        this.payload = payload;
        this.options = options;
        this.idempotencyKey = idempotencyKey;
    }

    /**
     * One whose result is read as JSON.
     *
     * @param payload
     *            what Jackson writes as the payload: a map, a record, a {@code JsonNode}
     */
    public static NewJob<JsonNode> of(String type, Object payload) {
        return JobType.untyped(type).job(payload);
    }

    public NewJob<R> withQueue(String queue) {
        return with("queue", queue);
    }

    /** From -1000 to 1000; higher ones start first. */
    public NewJob<R> withPriority(int priority) {
        return with("priority", priority);
    }

    /** Not before this instant; in the past means at once. Instead of a delay, if there was one. */
    public NewJob<R> withRunAt(Instant runAt) {
        return without("delay").with("runAt", runAt);
    }

    /** Not before so long after the server got it, by the server's clock. Instead of an instant, if there was one. */
    public NewJob<R> withDelay(Duration delay) {
        return without("runAt").with("delay", delay);
    }

    /**
     * While a job of this type that came with this key waits or runs, no further one is queued: enqueueing answers that one. Not for jobs in
     * bulk.
     *
     * @param key
     *            1 to 255 characters, no personal data
     */
    public NewJob<R> withUniqueKey(String key) {
        return with("uniqueKey", key);
    }

    public NewJob<R> withMaxAttempts(int maxAttempts) {
        return with("maxAttempts", maxAttempts);
    }

    /** How long one attempt may take. */
    public NewJob<R> withTimeout(Duration timeout) {
        return with("timeout", timeout);
    }

    /** At most 3; ids, never personal data. */
    public NewJob<R> withLabels(String... labels) {
        return with("labels", List.of(labels));
    }

    /** Where the job's end is told, by a request that Standard Webhooks describes; the server must be allowed to call it. */
    public NewJob<R> withWebhook(URI webhook) {
        return with("webhook", webhook.toString());
    }

    /**
     * Names this request, so that it may be made again, also by another process: for 24 hours (unless the server says otherwise) the same
     * key and job queue nothing more and answer the first job. Another job with the same key is refused with 409. Unless one is
     * given, each call of {@code enqueue} takes a random one, which covers its own retries. Not for jobs in bulk.
     *
     * @param key
     *            1 to 255 printable ASCII characters
     * @throws IllegalArgumentException
     *             if it is none
     */
    public NewJob<R> withIdempotencyKey(String key) {
        if (!key.matches("[ -~]{1,255}") || key.isBlank()) {
            throw new IllegalArgumentException("an idempotency key has 1 to 255 printable ASCII characters");
        }
        return new NewJob<>(type, payload, options, key);
    }

    JobType<?, R> type() {
        return type;
    }

    @Nullable
    String idempotencyKey() {
        return idempotencyKey;
    }

    boolean hasUniqueKey() {
        return options.containsKey("uniqueKey");
    }

    /** As the server reads it, payload aside. */
    Map<String, Object> options() {
        return options;
    }

    @Nullable
    Object payload() {
        return payload;
    }

    private NewJob<R> with(String option, Object value) {
        var more = new LinkedHashMap<>(options);
        more.put(option, value);
        return new NewJob<>(type, payload, more, idempotencyKey);
    }

    private NewJob<R> without(String option) {
        var fewer = new LinkedHashMap<>(options);
        fewer.remove(option);
        return new NewJob<>(type, payload, fewer, idempotencyKey);
    }

    /** Without its payload. */
    @Override
    public String toString() {
        return "NewJob[" + type + " " + options.keySet() + "]";
    }
}
