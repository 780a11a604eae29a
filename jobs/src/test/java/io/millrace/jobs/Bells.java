package io.millrace.jobs;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.millrace.jobs.sample.RingBell;
import io.millrace.jobs.sample.RingBellHandler;

/** Delayed jobs of the sample service, and when each of them started: the database's clock tells. */
final class Bells {

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final Map<Integer, Instant> due = new LinkedHashMap<>();

    static Instant databaseTime(JdbcClient jdbc) {
        return jdbc.sql("select clock_timestamp()").query(OffsetDateTime.class).single().toInstant();
    }

    void enqueue(JobQueue queue, Instant time) {
        int number = NUMBERS.incrementAndGet();
        queue.enqueue(new RingBell(number), EnqueueOptions.DEFAULTS.withRunAt(time));
        due.put(number, time);
    }

    /** All of them, in the order in which they rang, as soon as all have, on whichever node. */
    List<Ring> await(Duration atMost, RingBellHandler... nodes) {
        var rang = Awaitility.await().atMost(atMost).until(() -> rang(nodes),
                times -> times.keySet().containsAll(due.keySet()));
        return due.entrySet().stream()
                .map(bell -> new Ring(bell.getValue(), Objects.requireNonNull(rang.get(bell.getKey()))))
                .sorted(Comparator.comparing(Ring::at)).toList();
    }

    private static Map<Integer, Instant> rang(RingBellHandler... nodes) {
        var rang = new LinkedHashMap<Integer, Instant>();
        Stream.of(nodes).forEach(node -> rang.putAll(node.rang()));
        return rang;
    }

    /** One start. */
    record Ring(Instant due, Instant at) {

        Duration delay() {
            return Duration.between(due, at);
        }

        /** The delay that a share of them do not go beyond. */
        static Duration within(double share, List<Ring> rings) {
            var delays = rings.stream().map(Ring::delay).sorted().toList();
            return delays.get((int) Math.ceil(share * delays.size()) - 1);
        }
    }
}
