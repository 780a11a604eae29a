package io.millrace.jobs;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.zone.ZoneRules;
import java.util.Optional;

/**
 * The instants of a cron pattern in a zone, also where its clocks are changed, which Spring's own way through zoned times gets wrong.
 *
 * <p>
 * Where the hour is left open, an instant is due whose local time the pattern names: in the hour that is there twice, both times, and
 * never in one that is left out. Otherwise the pattern names times of a day, and each is due once that day: one that is there twice
 * at the first, and one that is left out right after the gap, once for all of them. So do the fixed and the wildcard jobs of
 * Vixie's cron.
 */
record CronTimes(CronPattern pattern, ZoneRules rules) implements Recurrence {

    @Override
    public Optional<Instant> next(Instant after) {
        return pattern.everyHour() ? nextAsClocksShow(after) : nextOfTheDay(after);
    }

    /** The instants of local times in order are in order, too: the first that is later is the next. */
    private Optional<Instant> nextOfTheDay(Instant after) {
        var local = pattern.next(LocalDateTime.ofInstant(after, rules.getOffset(after)));
        while (local.isPresent() && !instant(local.get()).isAfter(after)) {
            // It was there before the clocks were put back.
            local = pattern.next(local.get());
        }
        return local.map(this::instant);
    }

    private Instant instant(LocalDateTime local) {
        var offsets = rules.getValidOffsets(local);
        return offsets.isEmpty() ? rules.getTransition(local).getInstant() : local.toInstant(offsets.getFirst());
    }

    private Optional<Instant> nextAsClocksShow(Instant after) {
        var offset = rules.getOffset(after);
        var start = LocalDateTime.ofInstant(after, offset);
        var change = rules.nextTransition(after);
        while (true) {
            var found = pattern.next(start);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            var instant = found.get().toInstant(offset);
            if (change == null || instant.isBefore(change.getInstant())) {
                return Optional.of(instant);
            }
            offset = change.getOffsetAfter();
            start = change.getDateTimeAfter().minusNanos(1);
            change = rules.nextTransition(change.getInstant());
        }
    }
}
