package io.millrace.core.mail;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.millrace.core.paging.Cursor;

/**
 * An address that gets no mail, or none of one kind.
 *
 * @param address
 *            in small letters, its domain in ASCII
 * @param category
 *            the kind of mail; null for all
 * @param createdAt
 *            to the microsecond
 */
public record Suppression(UUID id, String address, @Nullable String category, SuppressionReason reason,
        Instant createdAt) {

    /** Its place in {@link Suppressions#list}. */
    public Cursor cursor() {
        return new Cursor(createdAt, id.toString());
    }

    /** Without the address: it must reach no log. */
    @Override
    public String toString() {
        return "Suppression[id=" + id + ", category=" + category + ", reason=" + reason + "]";
    }
}
