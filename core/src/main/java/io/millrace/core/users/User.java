package io.millrace.core.users;

import java.time.Instant;
import java.util.UUID;

/**
 * A registered user.
 *
 * @param email
 *            as it was given; unique without regard to case
 * @param createdAt
 *            to the microsecond
 * @param version
 *            1 at first, raised by each change
 */
public record User(UUID id, String email, String fullName, Instant createdAt, int version) {
}
