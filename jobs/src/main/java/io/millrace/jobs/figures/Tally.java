package io.millrace.jobs.figures;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

import io.millrace.jobs.figures.JobFigures.Counts;
import io.millrace.jobs.figures.JobFigures.Times;

/** What happened to the jobs of a type in a queue in some time; not safe for concurrent use. */
final class Tally {

    /** What is counted, in the order of the columns. */
    enum Event {
        ENQUEUED, STARTED, SUCCEEDED, FAILED, RETRIED, CRASHED, TIMED_OUT;

        String column() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Map<Event, Long> counts = new EnumMap<>(Event.class);
    private final Histogram waits = new Histogram();
    private final Histogram runs = new Histogram();

    void add(Event event, long some) {
        counts.merge(event, some, Long::sum);
    }

    /** This one, with the other's as well. */
    Tally plus(Tally other) {
        other.counts.forEach(this::add);
        waits.add(other.waits);
        runs.add(other.runs);
        return this;
    }

    long count(Event event) {
        return counts.getOrDefault(event, 0L);
    }

    Histogram waits() {
        return waits;
    }

    Histogram runs() {
        return runs;
    }

    Counts counts() {
        return new Counts(count(Event.ENQUEUED), count(Event.STARTED), count(Event.SUCCEEDED), count(Event.FAILED),
                count(Event.RETRIED), count(Event.CRASHED), count(Event.TIMED_OUT));
    }

    Times runTimes() {
        return runs.times();
    }

    Times waitTimes() {
        return waits.times();
    }
}
