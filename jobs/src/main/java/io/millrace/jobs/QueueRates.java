package io.millrace.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * How many jobs may start just now in queues that have a {@link QueueRate}, by the database's clock: the generic cell rate
 * algorithm (GCRA, of ATM Forum's traffic management), which needs one time per queue. It may run ahead by a twentieth of the
 * rate's period, so that a worker that comes a little late starts what is due together.
 */
final class QueueRates {

    /** Of the period, that jobs may start ahead of their time. */
    private static final double AHEAD = 0.05;
    /** A high rate costs no fetch for each job. */
    private static final Duration GATHER = Duration.ofMillis(25);

    private final String lock;
    private final String spend;

    QueueRates(JobsSchema schema) {
        this.lock = """
                    select name, extract(epoch from per)::float8 / jobs, extract(epoch from per)::float8,
                           greatest(0, extract(epoch from due_at - clock_timestamp()))::float8
                    from %squeue_rates where name = any (?) for update skip locked
                    """.formatted(schema.prefix());
        this.spend = """
                     update %squeue_rates rate
                     set due_at = greatest(due_at, clock_timestamp()) + make_interval(secs => spent.seconds)
                     from unnest(?::text[], ?::float8[]) spent (name, seconds) where rate.name = spent.name
                     """.formatted(schema.prefix());
    }

    /** Locks the rows of these queues until the transaction ends, for whom nobody else does; no statement if there are none. */
    Starts lock(Connection connection, Collection<String> queues) throws SQLException {
        var starts = new HashMap<String, QueueStarts>();
        if (!queues.isEmpty()) {
            try (var select = connection.prepareStatement(lock)) {
                select.setArray(1, connection.createArrayOf("text", queues.toArray()));
                try (var rows = select.executeQuery()) {
                    while (rows.next()) {
                        starts.put(rows.getString(1),
                                new QueueStarts(rows.getDouble(2), rows.getDouble(3), rows.getDouble(4)));
                    }
                }
            }
        }
        return new Starts(starts);
    }

    /** What one transaction may start, and does. */
    final class Starts {

        private final Map<String, QueueStarts> byQueue;

        private Starts(Map<String, QueueStarts> byQueue) {
            this.byQueue = byQueue;
        }

        /** How many more jobs of the queue may start; none while another worker is counting. */
        int left(String queue) {
            var starts = byQueue.get(queue);
            return starts == null ? 0 : starts.left();
        }

        void spend(String queue, int jobs) {
            var starts = byQueue.get(queue);
            if (starts != null) {
                starts.spent += jobs;
            }
        }

        /** When it is worth while to ask for jobs of the queue again. */
        Duration untilMore(String queue) {
            var starts = byQueue.get(queue);
            // Another worker that counts is starting what is due.
            return starts == null ? GATHER : starts.untilMore();
        }

        void write(Connection connection) throws SQLException {
            var spent = byQueue.entrySet().stream().filter(entry -> entry.getValue().spent > 0)
                    .sorted(Map.Entry.comparingByKey()).toList();
            if (spent.isEmpty()) {
                return;
            }
            try (var update = connection.prepareStatement(spend)) {
                update.setArray(1, connection.createArrayOf("text", spent.stream().map(Map.Entry::getKey).toArray()));
                update.setArray(2, connection.createArrayOf("float8",
                        spent.stream().map(entry -> entry.getValue().spent * entry.getValue().interval).toArray()));
                update.executeUpdate();
            }
        }
    }

    /** Of one queue, in seconds. */
    private static final class QueueStarts {

        private final double interval;
        private final double period;
        private final double due;
        private int spent;

        /**
         * @param due
         *            how far ahead of the rate its jobs have been started
         */
        QueueStarts(double interval, double period, double due) {
            this.interval = interval;
            this.period = period;
            this.due = due;
        }

        private double ahead() {
            return due + spent * interval;
        }

        int left() {
            double room = period * AHEAD - ahead();
            return room < 0 ? 0 : (int) Math.min(Integer.MAX_VALUE - 1, Math.floor(room / interval)) + 1;
        }

        /** Until the next one may start, or some can together. */
        Duration untilMore() {
            double next = Math.max(0, ahead() - period * AHEAD);
            double some = Math.min(period * AHEAD / 2, GATHER.toNanos() / 1e9);
            return Duration.ofNanos((long) Math.ceil(Math.max(next, some) * 1e9));
        }
    }
}
