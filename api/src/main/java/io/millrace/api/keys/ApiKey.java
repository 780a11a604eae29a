package io.millrace.api.keys;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.millrace.api.http.Scope;
import io.millrace.core.paging.Cursor;

/**
 * A key as operators see it: all of it but its secret.
 *
 * @param jobTypes
 *            empty for all
 * @param queues
 *            empty for all
 * @param createdBy
 *            the id of the key that made it, or {@code configured}, {@code open} or {@code command}
 * @param expiresAt
 *            null for never
 * @param lastUsedAt
 *            some seconds late; null for never
 */
record ApiKey(String id, String name, List<Scope> scopes, List<String> jobTypes, List<String> queues,
        @Nullable RateLimit rateLimit, @Nullable Quota quota, Instant createdAt, String createdBy,
        @Nullable Instant expiresAt, @Nullable Instant lastUsedAt, @Nullable Instant revokedAt) {

    Cursor cursor() {
        return new Cursor(createdAt, id);
    }
}
