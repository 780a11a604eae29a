package io.millrace.client;

import java.lang.reflect.Type;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/**
 * A type of job as its callers see it: its name, and which classes of theirs stand for its payload and its result. Make it once, as a
 * constant:
 *
 * <pre>{@code
 * static final JobType<SendEmail, MailSent> SEND_EMAIL = JobType.of("send-email", SendEmail.class, MailSent.class);
 * }</pre>
 *
 * <p>
 * The classes are the caller's own records, or whatever Jackson reads and writes. Nothing is checked here: the server checks the payload
 * against its schema ({@code GET /job-types}), and fields of the result that the class does not know are left out.
 *
 * @param <P>
 *            the payload
 * @param <R>
 *            the result
 */
public final class JobType<P, R extends @Nullable Object> {

    private final String name;
    private final Type result;

    private JobType(String name, Type result) {
        this.name = name;
        this.result = result;
    }

    public static <P, R> JobType<P, R> of(String name, Class<P> payload, Class<R> result) {
        return new JobType<>(name, result);
    }

    /** For results of a generic type: {@code new TypeReference<List<Row>>() {}}. */
    public static <P, R> JobType<P, R> of(String name, Class<P> payload, TypeReference<R> result) {
        return new JobType<>(name, result.getType());
    }

    /** One whose result is null, or of no interest: what is awaited is its end. */
    public static <P> JobType<P, @Nullable Void> of(String name, Class<P> payload) {
        return new JobType<>(name, Void.class);
    }

    /** The result as JSON. */
    static JobType<Object, JsonNode> untyped(String name) {
        return new JobType<>(name, JsonNode.class);
    }

    public String name() {
        return name;
    }

    /** A new job of this type, of which more can be said before it is enqueued. */
    public NewJob<R> job(P payload) {
        return new NewJob<>(this, payload);
    }

    /** A job of this type that was enqueued earlier, also by somebody else. */
    public JobRef<R> ref(String id) {
        return new JobRef<>(id, result);
    }

    @Override
    public String toString() {
        return name;
    }
}
