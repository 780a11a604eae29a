package io.millrace.jobs.figures;

import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/** How long a time one row of figures is of. Each event is in a row of each span, as long as that is kept. */
enum Span {

    TEN_SECONDS(Duration.ofSeconds(10), Duration.ofHours(1)), MINUTE(Duration.ofMinutes(1),
            Duration.ofDays(1)), FIVE_MINUTES(Duration.ofMinutes(5),
                    JobFigures.LONGEST), HOUR(Duration.ofHours(1), JobFigures.LONGEST);

    private final Duration length;
    private final Duration window;

    /**
     * @param length
     *            a divisor of the next one's
     * @param window
     *            the longest that can be asked for by it
     */
    Span(Duration length, Duration window) {
        this.length = length;
        this.window = window;
    }

    int seconds() {
        return Math.toIntExact(length.toSeconds());
    }

    /** A window may begin up to an hour earlier: with whole steps. */
    Duration kept() {
        return window.plusHours(1);
    }

    boolean covers(Duration asked) {
        return asked.compareTo(window) <= 0;
    }

    /** The longest of which a step is a multiple, so that the fewest rows are read. */
    static Optional<Span> dividing(Duration step, Duration window) {
        return Arrays.stream(values()).filter(span -> span.covers(window))
                .filter(span -> step.isPositive() && step.toNanos() % span.length.toNanos() == 0)
                .max(Comparator.comparingInt(Span::seconds));
    }

    /** The shortest that is kept for long enough, of those that are worth a total. */
    static Span beginning(Duration window) {
        return MINUTE.covers(window) ? MINUTE : FIVE_MINUTES;
    }
}
