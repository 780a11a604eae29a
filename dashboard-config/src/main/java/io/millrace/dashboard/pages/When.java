package io.millrace.dashboard.pages;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * A time for a {@code <time>} element.
 *
 * @param iso
 *            for machines
 * @param text
 *            in UTC, to the second
 * @param ago
 *            how long ago, or in how long
 */
record When(String iso, String text, String ago) {

    private static final DateTimeFormatter TEXT = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    static @Nullable When of(@Nullable Instant time, Instant now) {
        return time == null ? null : at(time, now);
    }

    static When at(Instant time, Instant now) {
        var since = Duration.between(time, now);
        return new When(time.truncatedTo(ChronoUnit.MILLIS).toString(), TEXT.format(time),
                since.isNegative() && since.abs().compareTo(Duration.ofSeconds(1)) > 0
                        ? "in " + HumanText.duration(since.negated())
                        : HumanText.duration(since) + " ago");
    }
}
