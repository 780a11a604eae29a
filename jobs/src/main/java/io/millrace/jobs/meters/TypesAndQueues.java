package io.millrace.jobs.meters;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Predicate;

import io.millrace.jobs.figures.JobFigures;

/**
 * Meters by job type and queue, made at the first use and found without an allocation after that. Bounded, as whoever enqueues by name
 * chooses the queue: a type that is not known is {@code unknown}, and where there are very many queues the next are
 * {@code other}.
 */
final class TypesAndQueues<M> {

    /** How many there are before the queues that no type names are no longer told apart. */
    static final int MOST = 500;

    private final Map<String, String> known;
    private final BiFunction<String, String, M> meters;
    private final Map<String, Map<String, M>> byType = new ConcurrentHashMap<>();
    private int count;

    /**
     * @param known
     *            the queues of the known types, by their names
     * @param fromTheStart
     *            of which queues the known types' own meters are there before anything happens
     * @param meters
     *            makes those of a type and queue
     */
    TypesAndQueues(Map<String, String> known, Predicate<String> fromTheStart, BiFunction<String, String, M> meters) {
        this.known = known;
        this.meters = meters;
        known.forEach((type, queue) -> {
            if (fromTheStart.test(queue)) {
                of(type, queue);
            }
        });
    }

    M of(String type, String queue) {
        var queues = byType.get(type);
        var found = queues == null ? null : queues.get(queue);
        return found == null ? add(known.containsKey(type) ? type : JobFigures.UNKNOWN, queue) : found;
    }

    private synchronized M add(String type, String queue) {
        var queues = byType.computeIfAbsent(type, _ -> new ConcurrentHashMap<>());
        boolean hasRoom = count < MOST || queue.equals(known.get(type)) || queues.containsKey(queue);
        return queues.computeIfAbsent(hasRoom ? queue : JobFigures.OTHER, name -> {
            count++;
            return meters.apply(type, name);
        });
    }
}
