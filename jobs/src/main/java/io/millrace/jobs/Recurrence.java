package io.millrace.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** When a schedule's jobs are due. */
interface Recurrence {

    /**
     * That of the options.
     *
     * @param anchor
     *            where the grid of an interval begins
     */
    static Recurrence of(ScheduleOptions options, Instant anchor) {
        var cron = options.cron();
        return cron == null
                ? new FixedInterval(anchor, Objects.requireNonNull(options.every()))
                : new CronTimes(CronPattern.parse(cron), options.zone().getRules());
    }

    /** The first time after this; empty if there is none. */
    Optional<Instant> next(Instant after);

    /** Every so often from an instant on, whatever clocks show. */
    record FixedInterval(Instant anchor, Duration every) implements Recurrence {

        @Override
        public Optional<Instant> next(Instant after) {
            long passed = after.isBefore(anchor) ? 0 : Duration.between(anchor, after).dividedBy(every);
            return Optional.of(anchor.plus(every.multipliedBy(passed + 1)));
        }
    }
}
