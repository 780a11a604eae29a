package io.millrace.jobs.figures;

import java.util.Locale;

import io.millrace.jobs.figures.JobFigures.Counts;
import io.millrace.jobs.figures.JobFigures.Times;

/** What happened to the jobs of a type in a queue in some time; not safe for concurrent use. */
final class Tally {

    /** What is counted, in the order of the columns. */
    enum Event {
        ENQUEUED,
        STARTED,
        SUCCEEDED,
        FAILED,
        RETRIED,
        CRASHED,
        TIMED_OUT;

        String column() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final long[] counts = new long[Event.values().length];
    private final Histogram waits = new Histogram();
    private final Histogram runs = new Histogram();

    void add(Event event, long some) {
        counts[event.ordinal()] += some;
    }

    /** This one, with the other's as well. */
    Tally plus(Tally other) {
        for (int event = 0; event < counts.length; event++) {
            counts[event] += other.counts[event];
        }
        waits.add(other.waits);
        runs.add(other.runs);
        return this;
    }

    long count(Event event) {
        return counts[event.ordinal()];
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
