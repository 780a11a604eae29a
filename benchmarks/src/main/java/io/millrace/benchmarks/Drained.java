package io.millrace.benchmarks;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

import org.postgresql.PGConnection;

import io.millrace.benchmarks.load.Answer;
import io.millrace.benchmarks.load.Connection;
import io.millrace.benchmarks.load.Requests;

/**
 * All users, read to the end and thrown away.
 *
 * @param cpu
 *            what the API's process took
 * @param heapBefore
 *            MB in the API's heap after a full collection
 * @param heapMost
 *            MB that any collection meanwhile left there
 */
record Drained(long bytes, Duration firstByte, Duration time, Duration cpu, int heapBefore, int heapMost) {

    /** One export over a connection of its own. */
    static Drained export(ApiProcess api, String type, String encoding) throws IOException, InterruptedException {
        byte[] request = Requests.get("/export/users", ApiProcess.authorization(), "Accept: " + type,
                "Accept-Encoding: " + encoding).next();
        api.collectGarbage();
        List<Integer> before = api.heapsLeft();
        Duration cpuBefore = api.cpu();
        long start = System.nanoTime();
        try (var connection = new Connection(api.port())) {
            Answer answer = connection.exchange(request);
            var time = Duration.ofNanos(System.nanoTime() - start);
            Duration cpu = api.cpu().minus(cpuBefore);
            if (answer.status() != 200) {
                throw new IOException("answered " + answer.status());
            }
            List<Integer> left = api.heapsLeft();
            return new Drained(answer.bodyBytes(), Duration.ofNanos(answer.firstByteAt() - start), time, cpu,
                    before.getLast(),
                    left.subList(before.size() - 1, left.size()).stream().max(Integer::compare).orElseThrow());
        }
    }

    /**
     * The same columns by Postgres itself as text, in whatever order they lie, in one statement, read and thrown away by the
     * JDBC driver over a connection that has the driver's properties of the exports' own. It is open before the clock starts,
     * as theirs are: the COPY alone is timed.
     */
    static Drained copy(Dataset dataset) throws SQLException {
        try (var connection = dataset.connectAsExportsDo()) {
            long start = System.nanoTime();
            var copy = connection.unwrap(PGConnection.class).getCopyAPI()
                    .copyOut("copy (select id, email, full_name, created_at from users) to stdout");
            long firstByteAt = 0;
            long bytes = 0;
            for (byte[] row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
                firstByteAt = firstByteAt == 0 ? System.nanoTime() : firstByteAt;
                bytes += row.length;
            }
            return new Drained(bytes, Duration.ofNanos(firstByteAt - start),
                    Duration.ofNanos(System.nanoTime() - start), Duration.ZERO, 0, 0);
        }
    }

    double seconds() {
        return time.toNanos() / 1e9;
    }

    double megabytes() {
        return bytes / 1e6;
    }

    double megabytesPerSecond() {
        return megabytes() / seconds();
    }

    double usersPerSecond() {
        return Dataset.USERS / seconds();
    }

    double millisToFirstByte() {
        return firstByte.toNanos() / 1e6;
    }

    double cpuSeconds() {
        return cpu.toNanos() / 1e9;
    }

    int heapTaken() {
        return heapMost - heapBefore;
    }
}
