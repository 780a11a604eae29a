package io.millrace.dashboard.audit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** How many refused changes of each person are written down: a row each at first, so that nobody fills the table by what they may not do. */
final class RefusalsPerHour {

    /** In 400 days that is less than 200,000 rows. */
    static final int MOST = 20;
    private static final Duration WINDOW = Duration.ofHours(1);

    private final InstantSource clock;
    /** Of those who are signed in. */
    private final Map<String, Integer> counts = new HashMap<>();
    private Instant began;

    RefusalsPerHour(InstantSource clock) {
        this.clock = clock;
        this.began = clock.instant();
    }

    /** Which one it is of this person's; above {@link #MOST} it is not to be written down. */
    synchronized int next(String who) {
        var now = clock.instant();
        if (!now.isBefore(began.plus(WINDOW))) {
            counts.clear();
            began = now;
        }
        return counts.merge(who, 1, (before, one) -> Math.min(MOST, before) + one);
    }
}
