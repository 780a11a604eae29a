package io.millrace.worker.users;

import org.jspecify.annotations.Nullable;

/**
 * What a row says of a user.
 *
 * @param problem
 *            why it cannot be read at all, with the remedy; null if it can
 */
record UserFields(@Nullable String email, @Nullable String fullName, @Nullable String problem) {

    static UserFields unreadable(String problem) {
        return new UserFields(null, null, problem);
    }
}
