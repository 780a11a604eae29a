package io.millrace.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * The queues that a worker serves, have waiting jobs and are not paused: a probe of an index for each, in one statement. In front of
 * the waiting jobs the index still holds all that were taken since the last vacuum, so that a look costs the more the faster workers
 * are: one that takes many at once, and finds as many as it can take, does without for a moment.
 */
final class OpenQueues {

    /** For how long the first job of another queue may be overlooked, or the first with a limit, where there are more than can be taken. */
    static final Duration KEPT = Duration.ofMillis(50);
    /** Beside fewer a look costs too little to overlook anything. */
    private static final int MANY = 64;

    private final QueueSubscription subscription;
    private final LongSupplier nanos;
    private final String all;
    private final String some;
    /** Which queue is asked first: another one each time, where there are more queues than free slots. */
    private final AtomicInteger turn = new AtomicInteger();
    private volatile @Nullable Seen kept;

    OpenQueues(JobsSchema schema, QueueSubscription subscription, LongSupplier nanos) {
        this.subscription = subscription;
        this.nanos = nanos;
        String unlimited = "%sjobrunr_jobs where %s".formatted(schema.prefix(), UnlimitedJobs.WAITING);
        String limited = "%sjobrunr_jobs where %s".formatted(schema.prefix(), LimitedJobs.WAITING);
        this.all = open(schema, subscription.isToAll()
                ? """
                  with recursive unlimited (name) as (%s), limited (name) as (%s)
                  select name, true as has_unlimited, false as has_limited from unlimited where name is not null
                  union all
                  select name, false, true from limited where name is not null
                  """.formatted(names("unlimited", unlimited), names("limited", limited))
                : """
                  select name, exists (select from %s and queue = name) as has_unlimited,
                         exists (select from %s and queue = name) as has_limited
                  from unnest(?) name
                  """.formatted(unlimited, limited));
        this.some = open(schema, "select name, true as has_unlimited, false as has_limited from unnest(?) name");
    }

    private static String open(JobsSchema schema, String found) {
        return """
               select name, bool_or(has_unlimited), bool_or(has_limited),
                      exists (select from %1$squeue_rates rate where rate.name = found.name)
               from (%2$s) found
               where name not in (select paused.name from %1$spaused_queues paused)
               group by name having bool_or(has_unlimited or has_limited)
               order by name
               """.formatted(schema.prefix(), found);
    }

    /** The body of a recursive query of that name: the next larger name again and again, null in the end. */
    static String names(String query, String waiting) {
        return """
               select min(queue) from %2$s
               union all
               select (select min(queue) from %2$s and queue > %1$s.name) from %1$s where %1$s.name is not null
               """.formatted(query, waiting);
    }

    /** Each time with another one first. */
    Seen look(Connection connection) throws SQLException {
        long now = nanos.getAsLong();
        return new Seen(find(connection, all, subscription.caps().keySet()), now);
    }

    /** Those of a look a moment ago, as far as they are not paused; none if it was not kept. They may have no jobs left, and others may have some. */
    List<OpenQueue> kept(Connection connection) throws SQLException {
        var last = kept;
        if (last == null || nanos.getAsLong() - last.at >= KEPT.toNanos()) {
            return List.of();
        }
        return inTurn(find(connection, some, last.queues.stream().map(OpenQueue::name).toList()));
    }

    private List<OpenQueue> inTurn(List<OpenQueue> queues) {
        if (queues.size() > 1) {
            Collections.rotate(queues, Math.floorMod(turn.getAndIncrement(), queues.size()));
        }
        return queues;
    }

    private List<OpenQueue> find(Connection connection, String sql, Collection<String> names) throws SQLException {
        try (var select = connection.prepareStatement(sql)) {
            if (!names.isEmpty()) {
                select.setArray(1, connection.createArrayOf("text", names.toArray()));
            }
            var found = new ArrayList<OpenQueue>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(new OpenQueue(rows.getString(1), rows.getBoolean(2), rows.getBoolean(3),
                            rows.getBoolean(4)));
                }
            }
            return found;
        }
    }

    /** What a look has seen. */
    final class Seen {

        private final List<OpenQueue> queues;
        private final long at;

        private Seen(List<OpenQueue> found, long at) {
            this.queues = inTurn(found);
            this.at = at;
        }

        List<OpenQueue> queues() {
            return queues;
        }

        /** The next looks may do with this one, unless there was room for more than it led to, or jobs have to be counted. */
        void keepIfAllWereFound(int wanted, int taken) {
            boolean areUnlimited = queues.stream().noneMatch(OpenQueue::hasLimited);
            kept = taken >= Math.max(wanted, MANY) && areUnlimited ? this : null;
        }
    }

    /**
     * A queue as it was when it was looked at.
     *
     * @param hasUnlimited
     *            whether jobs without a {@link ConcurrencyLimit} wait in it
     * @param hasLimited
     *            whether jobs with one do
     * @param hasRate
     *            whether it has a {@link QueueRate}
     */
    record OpenQueue(String name, boolean hasUnlimited, boolean hasLimited, boolean hasRate) {
    }
}
