package io.millrace.benchmarks.jobs;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

import io.millrace.benchmarks.Alternating;

/** How many transactions of one small row the machine commits, durably: an engine that commits once per job can do no more. */
final class CommitLimit {

    static final String NAME = "commits";

    private static final Duration TIME = Duration.ofSeconds(1);
    private static final int ROUNDS = 3;

    private final PeerDatabase database;

    CommitLimit(PeerDatabase database) throws SQLException {
        this.database = database;
        database.execute("create table commits (id bigint generated always as identity primary key, word text)");
    }

    Figures measure() throws Exception {
        var all = new Alternating<Enqueued>().peer("1 connection", () -> by(1))
                .peer(database.connections() + " connections", () -> by(database.connections())).rounds(1, ROUNDS);
        return Figures.of("one row a transaction", all, List.of(Column.of("commits/s", 0, Enqueued::perSecond)));
    }

    private Enqueued by(int connections) throws Exception {
        database.execute("truncate commits", "checkpoint");
        long start = System.nanoTime();
        Callable<Integer> one = () -> insertUntil(start + TIME.toNanos());
        List<Callable<Integer>> threads = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            threads.add(one);
        }
        try (var executor = Executors.newFixedThreadPool(connections)) {
            int rows = 0;
            for (var ended : executor.invokeAll(threads)) {
                rows += ended.get();
            }
            return new Enqueued(rows, Duration.ofNanos(System.nanoTime() - start));
        }
    }

    private int insertUntil(long end) throws SQLException {
        int rows = 0;
        try (var connection = database.connect();
                var insert = connection.prepareStatement("insert into commits (word) values ('x')")) {
            while (System.nanoTime() < end) {
                rows += insert.executeUpdate();
            }
        }
        return rows;
    }
}
