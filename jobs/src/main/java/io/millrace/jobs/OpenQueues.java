package io.millrace.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The queues that a worker serves, have waiting jobs and are not paused: a probe of an index for each, in one statement. */
final class OpenQueues {

    private final QueueSubscription subscription;
    private final String sql;
    /** Which queue is asked first: another one each time, where there are more queues than free slots. */
    private final AtomicInteger turn = new AtomicInteger();

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

    /** Each time with another one first. */
    List<OpenQueue> look(Connection connection) throws SQLException {
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
            if (found.size() > 1) {
                Collections.rotate(found, Math.floorMod(turn.getAndIncrement(), found.size()));
            }
            return found;
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
