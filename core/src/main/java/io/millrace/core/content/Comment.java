package io.millrace.core.content;

import java.time.Instant;
import java.util.UUID;

/**
 * A comment on a post.
 *
 * @param userId
 *            who wrote it
 * @param createdAt
 *            to the microsecond
 */
public record Comment(UUID id, UUID postId, UUID userId, String body, Instant createdAt) {
}
