package io.millrace.client;

import java.lang.reflect.Type;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A job that is at the server, and what its result is read as. Keep {@link #id()} to come back later, in another process too: with
 * {@link JobType#ref} or {@link #of}.
 *
 * @param <R>
 *            the result
 * @param id
 *            opaque
 */
@SuppressWarnings("UnusedTypeParameter") // for the compiler, where the result is awaited
public record JobRef<R extends @Nullable Object>(String id, Type resultType) {

    /** One whose result is read as JSON. */
    public static JobRef<JsonNode> of(String id) {
        return new JobRef<>(id, JsonNode.class);
    }

    @Override
    public String toString() {
        return id;
    }
}
