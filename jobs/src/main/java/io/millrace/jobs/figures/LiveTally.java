package io.millrace.jobs.figures;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.ObjLongConsumer;

import org.jspecify.annotations.Nullable;

import io.millrace.jobs.figures.Tally.Event;

/** A {@link Tally} that many threads add to; none waits for another. */
final class LiveTally {

    /** All of them, so that it never changes. */
    private final Map<Event, AtomicLong> counts = new EnumMap<>(Event.class);
    private final AtomicLongArray waits = new AtomicLongArray(Buckets.COUNT);
    private final AtomicLongArray runs = new AtomicLongArray(Buckets.COUNT);

    LiveTally() {
        for (var event : Event.values()) {
            counts.put(event, new AtomicLong());
        }
    }

    void add(Event event, int some) {
        Objects.requireNonNull(counts.get(event)).getAndAdd(some);
    }

    void addWait(Duration wait) {
        waits.getAndIncrement(Buckets.of(wait));
    }

    void addRun(Duration run) {
        runs.getAndIncrement(Buckets.of(run));
    }

    /** What has been added since the last time, none of it twice; null if nothing was. */
    @Nullable
    Tally drain() {
        var drained = new Tally();
        boolean any = move(waits, (bucket, some) -> drained.waits().add(bucket, some));
        any |= move(runs, (bucket, some) -> drained.runs().add(bucket, some));
        for (var count : counts.entrySet()) {
            long some = count.getValue().getAndSet(0);
            if (some != 0) {
                drained.add(count.getKey(), some);
                any = true;
            }
        }
        return any ? drained : null;
    }

    private static boolean move(AtomicLongArray from, ObjLongConsumer<Integer> to) {
        boolean any = false;
        for (int at = 0; at < from.length(); at++) {
            long some = from.get(at) == 0 ? 0 : from.getAndSet(at, 0);
            if (some != 0) {
                to.accept(at, some);
                any = true;
            }
        }
        return any;
    }
}
