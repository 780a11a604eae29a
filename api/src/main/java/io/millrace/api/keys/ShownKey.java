package io.millrace.api.keys;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.millrace.api.http.Scope;

/**
 * A key with its text, told once.
 *
 * @param key
 *            what callers show; kept nowhere
 */
record ShownKey(String key, String id, String name, List<Scope> scopes, List<String> jobTypes, List<String> queues,
        @Nullable RateLimit rateLimit, @Nullable Quota quota, Instant createdAt, String createdBy,
        @Nullable Instant expiresAt) {

    static ShownKey of(KeyText text, ApiKey made) {
        return new ShownKey(text.text(), made.id(), made.name(), made.scopes(), made.jobTypes(), made.queues(),
                made.rateLimit(), made.quota(), made.createdAt(), made.createdBy(), made.expiresAt());
    }

    /** Without the key: whatever is printed ends up in a log. */
    @Override
    public String toString() {
        return "ShownKey[id=" + id + "]";
    }
}
