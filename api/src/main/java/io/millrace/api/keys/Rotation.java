package io.millrace.api.keys;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.millrace.api.http.ProblemException;

/**
 * The body of {@code POST /api-keys/{id}/rotate}.
 *
 * @param overlap
 *            how long the old text is still valid, from {@code PT0S} to {@code P31D}; an hour unless given
 */
record Rotation(@Nullable Duration overlap) {

    static final Duration USUAL = Duration.ofHours(1);

    private static final Duration LONGEST = Duration.ofDays(31);

    /**
     * The one to use.
     *
     * @throws ProblemException
     *             400 if it is out of range
     */
    Duration overlapOrUsual() {
        if (overlap == null) {
            return USUAL;
        }
        if (overlap.isNegative() || overlap.compareTo(LONGEST) > 0) {
            throw ProblemException.invalid("overlap", "must be from PT0S to P31D");
        }
        return overlap;
    }
}
