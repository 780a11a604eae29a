package io.millrace.core.content;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import io.millrace.core.paging.Cursor;

/**
 * A post.
 *
 * @param userId
 *            who wrote it
 * @param tags
 *            in the order in which they were given
 * @param createdAt
 *            to the microsecond
 */
public record Post(UUID id, UUID userId, String title, String body, List<String> tags, Instant createdAt) {

    /** Its place in {@link Posts#list}. */
    public Cursor cursor() {
        return new Cursor(createdAt, id.toString());
    }
}
