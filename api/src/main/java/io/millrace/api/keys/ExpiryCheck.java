package io.millrace.api.keys;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.millrace.api.http.ProblemException;

/** Whether a key can end at a time. */
final class ExpiryCheck {

    private static final Duration FURTHEST = Duration.ofDays(3650);

    private ExpiryCheck() {
    }

    /**
     * Lets pass what lies within the next ten years, and null.
     *
     * @throws ProblemException
     *             400 for {@code expiresAt}
     */
    static void check(@Nullable Instant expiresAt, Clock clock) {
        Instant now = clock.instant();
        if (expiresAt != null && (!expiresAt.isAfter(now) || expiresAt.isAfter(now.plus(FURTHEST)))) {
            throw ProblemException.invalid("expiresAt",
                    "must lie in the future, at most " + FURTHEST.toDays() + " days from now");
        }
    }
}
