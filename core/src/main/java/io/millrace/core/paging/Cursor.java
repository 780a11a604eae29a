package io.millrace.core.paging;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

import io.millrace.core.cache.CacheArgument;

/**
 * The place of a row in a listing, newest first: what comes after it is {@code (created_at, id) < (createdAt, id)}, a
 * comparison of whole rows which an index on the two columns answers. The row itself may be gone.
 *
 * @param createdAt
 *            to the microsecond, as Postgres keeps it
 * @param id
 *            parts rows of the same microsecond
 */
public record Cursor(Instant createdAt, String id) implements CacheArgument {

    /** Before the newest row, so that the first page is asked for like any other. */
    public static final Cursor START = new Cursor(Instant.MAX, new UUID(0, 0).toString());

    public Cursor {
        createdAt = createdAt.truncatedTo(ChronoUnit.MICROS);
    }

    @Override
    public String cacheText() {
        return createdAt + " " + id;
    }

    /** {@link #createdAt()} as a parameter of a statement; that of {@link #START} is Postgres' {@code infinity}. */
    public OffsetDateTime timestamp() {
        return equals(START) ? OffsetDateTime.MAX : createdAt.atOffset(ZoneOffset.UTC);
    }
}
