package io.millrace.core.files;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A file whose content is complete.
 *
 * @param name
 *            as the client called it, without any path; never used as a path
 * @param size
 *            bytes
 * @param sha256
 *            of the content, 64 lower case hex digits
 * @param contentType
 *            as the client declared it; a hint, not a fact
 * @param detectedType
 *            what the first bytes of the content look like, refined by {@code contentType} where that says more of the
 *            same; null for files of before this was looked at
 * @param expiresAt
 *            from when on it is gone; null if it stays
 */
public record StoredFile(UUID id, String name, long size, String sha256, @Nullable String contentType,
        Instant createdAt, @Nullable String detectedType, @Nullable Instant expiresAt) {
}
