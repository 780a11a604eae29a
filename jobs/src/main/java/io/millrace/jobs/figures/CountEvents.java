package io.millrace.jobs.figures;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import io.millrace.jobs.JobEvents;
import io.millrace.jobs.figures.Tally.Event;

/**
 * Counts what happens to jobs in this process, by type and queue, until somebody {@link #drain drains} it. Of bounded size: a type that is not
 * known is {@link JobFigures#UNKNOWN}, a queue too many {@link JobFigures#OTHER}, and a pair to which nothing has happened for a while is forgotten.
 */
final class CountEvents implements JobEvents {

    static final int MOST_PAIRS = 500;
    /** Of drains. */
    private static final int IDLE = 360;

    private final Predicate<String> known;
    private final Map<String, Map<String, Counted>> byType = new ConcurrentHashMap<>();
    private final AtomicInteger pairs = new AtomicInteger();
    private List<Counted> forgotten = List.of();

    /**
     * @param known
     *            whether there is such a job type
     */
    CountEvents(Predicate<String> known) {
        this.known = known;
    }

    @Override
    public void enqueued(String type, String queue, int jobs) {
        tally(type, queue).add(Event.ENQUEUED, jobs);
    }

    @Override
    public void started(String type, String queue, Duration waited) {
        var tally = tally(type, queue);
        tally.add(Event.STARTED, 1);
        tally.addWait(waited);
    }

    /** Of a run that was cut short, how long it took says nothing. */
    @Override
    public void ended(String type, String queue, Outcome outcome, Duration ran) {
        var event = switch (outcome) {
            case SUCCEEDED -> Event.SUCCEEDED;
            case FAILED -> Event.FAILED;
            case RETRIED -> Event.RETRIED;
            case POSTPONED, GIVEN_BACK, CANCELLED -> null;
        };
        if (event != null) {
            var tally = tally(type, queue);
            tally.add(event, 1);
            tally.addRun(ran);
        }
    }

    @Override
    public void timedOut(String type, String queue) {
        tally(type, queue).add(Event.TIMED_OUT, 1);
    }

    @Override
    public void crashed(String type, String queue, int jobs) {
        tally(type, queue).add(Event.CRASHED, jobs);
    }

    private LiveTally tally(String type, String queue) {
        var ofType = byType.get(type);
        var counted = ofType == null ? null : ofType.get(queue);
        return counted == null ? newTally(type, queue) : counted.tally();
    }

    private LiveTally newTally(String type, String queue) {
        var name = known.test(type) ? type : JobFigures.UNKNOWN;
        var itsQueue = pairs.get() < MOST_PAIRS ? queue : JobFigures.OTHER;
        return byType.computeIfAbsent(name, _ -> new ConcurrentHashMap<>()).computeIfAbsent(itsQueue, added -> {
            pairs.incrementAndGet();
            return new Counted(new Pair(name, added), new LiveTally(), new AtomicInteger());
        }).tally();
    }

    /** What has happened since the last time. */
    synchronized Map<Pair, Tally> drain() {
        var drained = new LinkedHashMap<Pair, Tally>();
        // Whoever had just found one of them as it was forgotten has long added to it.
        forgotten.forEach(counted -> counted.drainTo(drained));
        var idle = new ArrayList<Counted>();
        byType.values().forEach(ofType -> ofType.values().forEach(counted -> {
            if (counted.drainTo(drained) > IDLE) {
                idle.add(counted);
            }
        }));
        idle.forEach(this::forget);
        forgotten = idle;
        return drained;
    }

    private void forget(Counted counted) {
        var ofType = byType.get(counted.pair().type());
        if (ofType != null && ofType.remove(counted.pair().queue(), counted)) {
            pairs.decrementAndGet();
        }
    }

    /** What figures are of. */
    record Pair(String type, String queue) {
    }

    private record Counted(Pair pair, LiveTally tally, AtomicInteger idleFor) {

        /** How many times there was nothing. */
        int drainTo(Map<Pair, Tally> drained) {
            var some = tally.drain();
            if (some == null) {
                return idleFor.incrementAndGet();
            }
            drained.merge(pair, some, Tally::plus);
            idleFor.set(0);
            return 0;
        }
    }
}
