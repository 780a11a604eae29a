package io.millrace.client;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The header of RFC 9110, 10.2.3. */
final class RetryAfter {

    private RetryAfter() {
    }

    /** Empty if it is not there, or says nothing that can be understood. */
    static Optional<Duration> of(HttpHeaders headers) {
        var value = headers.firstValue("Retry-After").orElse("").strip();
        if (value.matches("\\d{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
        }
        try {
            // By the server's own clock: ours may be wrong.
            var now = date(headers.firstValue("Date").orElse(""));
            var left = Duration.between(now, date(value));
            return Optional.of(left.isNegative() ? Duration.ZERO : left);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static ZonedDateTime date(String text) {
        return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
    }
}
