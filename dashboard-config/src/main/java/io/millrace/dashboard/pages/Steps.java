package io.millrace.dashboard.pages;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The evenly spaced times of a chart. */
record Steps(Instant from, Duration each, int count) {

    private static final int MOST_LABELS = 7;
    private static final List<Duration> BETWEEN_LABELS = List.of(Duration.ofMinutes(1), Duration.ofMinutes(5),
            Duration.ofMinutes(15), Duration.ofMinutes(30), Duration.ofHours(1), Duration.ofHours(3),
            Duration.ofHours(6), Duration.ofHours(12), Duration.ofDays(1), Duration.ofDays(2));
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    Instant end() {
        return from.plus(each.multipliedBy(count));
    }

    Instant at(int step) {
        return from.plus(each.multipliedBy(step));
    }

    /** Where between the beginning (0) and the end (1) a time is. */
    double share(Instant time) {
        return (double) Duration.between(from, time).toMillis() / each.multipliedBy(count).toMillis();
    }

    /** A few round times in it. */
    List<Instant> labels() {
        var apart = betweenLabels();
        var first = Instant.ofEpochMilli(Math.ceilDiv(from.toEpochMilli(), apart.toMillis()) * apart.toMillis());
        return Stream.iterate(first, time -> !time.isAfter(end()), time -> time.plus(apart)).toList();
    }

    /** {@code 16:05}, or {@code 26 Nov} where they are days apart; in UTC. */
    String label(Instant time) {
        return (betweenLabels().compareTo(Duration.ofDays(1)) < 0 ? CLOCK : DATE).format(time);
    }

    private Duration betweenLabels() {
        var whole = each.multipliedBy(count);
        return BETWEEN_LABELS.stream().filter(between -> whole.dividedBy(between) <= MOST_LABELS).findFirst()
                .orElse(Duration.ofDays(7));
    }

    /** {@code 2026-11-26 16:05}, in UTC. */
    static String day(Instant time) {
        return DAY.format(time.truncatedTo(ChronoUnit.MINUTES));
    }
}
