package io.millrace.core.users;

import java.time.Instant;
import java.util.UUID;

import io.millrace.core.paging.Cursor;

/**
 * A registered user.
 *
 * @param email
 *            as it was given; unique without regard to case
 * @param createdAt
 *            to the microsecond
 * @param version
 *            1 at first, raised by each change of the user, the profile or the settings
 */
public record User(UUID id, String email, String fullName, Instant createdAt, int version) {

    /** The user's place in {@link Users#list}. */
    public Cursor cursor() {
        return new Cursor(createdAt, id.toString());
    }
}
