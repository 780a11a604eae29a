package io.millrace.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * The queues that a worker serves, have waiting jobs and are not paused: a probe of an index for each, in one statement. In front of
 * them the index still holds every job that was taken since the last vacuum, so that a look costs the more the faster a worker is:
 * one that takes as many as it can does without, for a moment.
 */
final class OpenQueues {

    /** How long a pause, a rate and the first job of another queue may be overlooked where many jobs wait. */
    private static final Duration KEPT = Duration.ofMillis(50);
    /** Beside fewer a look costs too little to be late for. */
    private static final int MANY = 64;

    private final QueueSubscription subscription;
    private final String sql;
    /** Which queue is asked first: another one each time, where there are more queues than free slots. */
    private final AtomicInteger turn = new AtomicInteger();
    private volatile @Nullable Seen kept;

    OpenQueues(JobsSchema schema, QueueSubscription subscription) {
        this.subscription = subscription;
        String unlimited = "%sjobrunr_jobs where %s".formatted(schema.prefix(), UnlimitedJobs.WAITING);
        String limited = "%sjobrunr_jobs where %s".formatted(schema.prefix(), LimitedJobs.WAITING);
        String found = subscription.isToAll()
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
                  """.formatted(unlimited, limited);
        this.sql = """
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

    /** As they were a moment ago, when they had more jobs than could be taken; empty if nobody knows. Each time with another one first. */
    List<OpenQueue> kept() {
        var last = kept;
        return last == null || System.nanoTime() - last.at >= KEPT.toNanos() ? List.of() : inTurn(last.queues);
    }

    /** Each time with another one first. */
    List<OpenQueue> look(Connection connection) throws SQLException {
        long now = System.nanoTime();
        var found = find(connection);
        kept = new Seen(found, now);
        return inTurn(found);
    }

    /**
     * Whether the next look may do without one: not if others might have had more, nor for jobs that have to be counted.
     *
     * @param wanted
     *            of which as many were found as {@code taken} says
     */
    void keepIfAllWereFound(int wanted, int taken) {
        var last = kept;
        if (last != null && (taken < Math.max(wanted, MANY) || !last.areUncounted())) {
            kept = null;
        }
    }

    private List<OpenQueue> inTurn(List<OpenQueue> queues) {
        var turned = new ArrayList<>(queues);
        if (turned.size() > 1) {
            Collections.rotate(turned, Math.floorMod(turn.getAndIncrement(), turned.size()));
        }
        return turned;
    }

    private List<OpenQueue> find(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement(sql)) {
            if (!subscription.isToAll()) {
                select.setArray(1, connection.createArrayOf("text", subscription.caps().keySet().toArray()));
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

    private record Seen(List<OpenQueue> queues, long at) {

        boolean areUncounted() {
            return queues.stream().noneMatch(queue -> queue.hasLimited() || queue.hasRate());
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
