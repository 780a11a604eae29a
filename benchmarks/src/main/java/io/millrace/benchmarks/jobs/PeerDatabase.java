package io.millrace.benchmarks.jobs;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

/** The database of one peer, on the server that all of them share. */
public record PeerDatabase(String url, int connections) {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(5);

    /** A pool of as many connections as each of the others has. */
    HikariDataSource pool() {
        var pool = new HikariConfig();
        pool.setJdbcUrl(url);
        pool.setMaximumPoolSize(connections);
        return new HikariDataSource(pool);
    }

    /** Executes each of them. */
    public void execute(String... statements) throws SQLException {
        try (var connection = connect(); var statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Returns when the query, which answers a boolean, answers no. */
    void awaitNot(String query, Duration atMost) throws SQLException, InterruptedException, TimeoutException {
        long start = System.nanoTime();
        try (var connection = connect(); var statement = connection.prepareStatement(query)) {
            while (true) {
                try (var row = statement.executeQuery()) {
                    row.next();
                    if (!row.getBoolean(1)) {
                        return;
                    }
                }
                if (System.nanoTime() - start > atMost.toNanos()) {
                    throw new TimeoutException("still, after " + atMost + ": " + query);
                }
                Thread.sleep(LOOK_AGAIN);
            }
        }
    }

    /** Exact at once, unlike Postgres' statistics, which come a second late. */
    Written written() throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery("""
                                                 select pg_snapshot_xmax(pg_current_snapshot())::text::bigint,
                                                        pg_current_wal_insert_lsn() - '0/0'::pg_lsn
                                                 """)) {
            row.next();
            return new Written(row.getLong(1), row.getLong(2));
        }
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url);
    }
}
