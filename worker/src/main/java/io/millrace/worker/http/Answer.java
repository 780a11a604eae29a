package io.millrace.worker.http;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.millrace.core.http.HttpTarget;

/**
 * What a service has answered.
 *
 * @param from
 *            after the last redirect
 * @param body
 *            as much as was read of it
 * @param truncated
 *            whether there was more
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and changed by nobody
record Answer(HttpTarget from, int status, @Nullable String contentType, @Nullable String location,
        @Nullable String retryAfter, byte[] body, boolean truncated) {

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final Set<Integer> FOR_NOW = Set.of(408, 425, 429);

    boolean isSuccess() {
        return status / 100 == 2;
    }

    boolean isRedirect() {
        return REDIRECTS.contains(status) && location != null;
    }

    /** Whether the same request may be answered otherwise later. */
    boolean isForNow() {
        return status / 100 == 5 || FOR_NOW.contains(status);
    }

    /** RFC 9110: seconds, or a date. Empty also where it is neither. */
    Optional<Duration> retryAfter(Clock clock, Duration longest) {
        return Optional.ofNullable(retryAfter).map(String::strip).flatMap(text -> read(text, clock.instant()))
                .map(wait -> wait.isNegative() ? Duration.ZERO : wait.compareTo(longest) > 0 ? longest : wait);
    }

    private static Optional<Duration> read(String text, Instant now) {
        try {
            // More digits than that are some ten thousand years.
            return Optional.of(text.matches("\\d{1,12}")
                    ? Duration.ofSeconds(Long.parseLong(text))
                    : Duration.between(now,
                            ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant()));
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }
}
