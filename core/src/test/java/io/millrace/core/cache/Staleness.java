package io.millrace.core.cache;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * For how long nodes went on answering what had been dropped: of each change and each node, the time from the change until
 * the last read on that node that began later and yet got an older value, and zero where no read did.
 *
 * @param ages
 *            one for each change and node, the shortest first
 */
record Staleness(List<Duration> ages) {

    /** Of every node, from the commit on. */
    static Staleness sinceCommits(List<RaceLog> nodes) {
        var ages = new ArrayList<Duration>();
        for (var reader : nodes) {
            var lastOlder = lastOlder(reader);
            nodes.forEach(writer -> writer.writes()
                    .forEach(write -> ages.add(age(write, write.committedAt(), lastOlder))));
        }
        return sorted(ages);
    }

    /** Of the node that made the change alone, from when the caller was told that it is done. */
    static Staleness ownSinceReturns(List<RaceLog> nodes) {
        var ages = new ArrayList<Duration>();
        for (var node : nodes) {
            var lastOlder = lastOlder(node);
            node.writes().forEach(write -> ages.add(age(write, write.returnedAt(), lastOlder)));
        }
        return sorted(ages);
    }

    /** The nearest rank. */
    Duration percentile(int percent) {
        return ages.get(Math.max(0, (ages.size() * percent + 99) / 100 - 1));
    }

    Duration longest() {
        return ages.getLast();
    }

    @Override
    public String toString() {
        return "p50 %.1f ms, p99 %.1f ms, at most %.1f ms, not zero in %d of %d".formatted(milliseconds(percentile(50)),
                milliseconds(percentile(99)), milliseconds(longest()),
                ages.stream().filter(Duration::isPositive).count(),
                ages.size());
    }

    private static Staleness sorted(List<Duration> ages) {
        return new Staleness(ages.stream().sorted().toList());
    }

    private static Duration age(RaceLog.Write write, Instant since, Map<Integer, TreeMap<Integer, Instant>> lastOlder) {
        var older = lastOlder.getOrDefault(write.counter(), new TreeMap<>()).lowerEntry(write.value());
        return older == null || older.getValue().isBefore(since)
                ? Duration.ZERO
                : Duration.between(since, older.getValue());
    }

    /** By counter and value, when the last read began that got this value or an older one. */
    private static Map<Integer, TreeMap<Integer, Instant>> lastOlder(RaceLog node) {
        var last = new HashMap<Integer, TreeMap<Integer, Instant>>();
        for (var answer : node.answers().stream().sorted(Comparator.comparingInt(RaceLog.Answer::value)).toList()) {
            var values = last.computeIfAbsent(answer.counter(), counter -> new TreeMap<>());
            var before = values.lastEntry();
            values.put(answer.value(), before != null && before.getValue().isAfter(answer.lastBegan())
                    ? before.getValue()
                    : answer.lastBegan());
        }
        return last;
    }

    private static double milliseconds(Duration duration) {
        return duration.toNanos() / 1e6;
    }
}
