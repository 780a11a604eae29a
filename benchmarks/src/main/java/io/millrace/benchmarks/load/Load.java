package io.millrace.benchmarks.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongUnaryOperator;

/**
 * Loads a server on this machine over a fixed number of connections. An answer that is not 2xx ends it: figures of errors are
 * worth nothing.
 */
public final class Load {

    private final int port;
    private final int connections;

    public Load(int port, int connections) {
        this.port = port;
        this.connections = connections;
    }

    /**
     * A closed loop: each connection asks again as soon as it is answered. It tells how much the server can do; its latencies
     * leave out what would have been asked while the server stood still.
     */
    public Answered asFastAsItGoes(Requests requests, Duration time) throws IOException, InterruptedException {
        return load(requests, time, (connection, number) -> System.nanoTime());
    }

    /**
     * An open loop: requests are due at fixed times, and their latency counts from then. While the server stands still they
     * wait, and that is seen ("coordinated omission" is what Gil Tene calls leaving it out).
     */
    public Answered at(double perSecond, Requests requests, Duration time) throws IOException, InterruptedException {
        double interval = 1e9 / perSecond;
        long start = System.nanoTime();
        return load(requests, time, (connection, number) -> {
            long due = start + Math.round((number * connections + connection) * interval);
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            return due;
        });
    }

    /** Waits until the request is due and says since when it is. */
    private interface Pace {
        long await(int connection, long number);
    }

    private Answered load(Requests requests, Duration time, Pace pace) throws IOException, InterruptedException {
        long start = System.nanoTime();
        long end = start + time.toNanos();
        var all = new Tally();
        try (var threads = Executors.newFixedThreadPool(connections)) {
            List<Future<Tally>> tallies = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                int connection = i;
                tallies.add(threads.submit(() -> ask(requests, end, number -> pace.await(connection, number))));
            }
            for (var tally : tallies) {
                all.add(tally.get());
            }
        } catch (ExecutionException e) {
            throw new IOException("a connection failed", e.getCause());
        }
        return new Answered(all.latencies, (System.nanoTime() - start) / 1e9, all.bodyBytes, all.sources);
    }

    private Tally ask(Requests requests, long end, LongUnaryOperator due) throws IOException {
        var tally = new Tally();
        try (var connection = new Connection(port)) {
            for (long number = 0;; number++) {
                long since = due.applyAsLong(number);
                if (since >= end) {
                    return tally;
                }
                Answer answer = connection.exchange(requests.next());
                tally.add(answer, System.nanoTime() - since);
            }
        }
    }

    private static final class Tally {

        private final Latencies latencies = new Latencies();
        private final Map<String, Integer> sources = new HashMap<>();
        private long bodyBytes;

        void add(Answer answer, long nanos) throws IOException {
            if (answer.status() / 100 != 2) {
                throw new IOException("answered " + answer.status());
            }
            latencies.add(nanos);
            bodyBytes += answer.bodyBytes();
            sources.merge(answer.source(), 1, Integer::sum);
        }

        void add(Tally other) {
            latencies.addAll(other.latencies);
            other.sources.forEach((source, count) -> sources.merge(source, count, Integer::sum));
            bodyBytes += other.bodyBytes;
        }
    }
}
