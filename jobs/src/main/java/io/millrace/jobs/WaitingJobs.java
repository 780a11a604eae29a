package io.millrace.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Finds and locks waiting jobs of the queues, a fair share from each that has any and is not paused. Within a queue the higher
 * priority comes first and the longer waiting of one priority; each point of priority is worth a minute of waiting, so that
 * an old job of low priority overtakes in bounded time.
 */
final class WaitingJobs {

    private final String jobs;
    private final String paused;
    private final QueueSubscription subscription;
    /** Which queue is asked first: another one each time, where there are more queues than free slots. */
    private final AtomicInteger turn = new AtomicInteger();

    WaitingJobs(JobsSchema schema, QueueSubscription subscription) {
        this.jobs = schema.prefix() + "jobrunr_jobs";
        this.paused = schema.prefix() + "paused_queues";
        this.subscription = subscription;
    }

    /** How many more jobs of a queue may be taken. */
    interface Free {
        int in(String queue);
    }

    /** At most {@code most} jobs, whose rows are locked until the transaction ends. What others are taking is left to them. */
    List<UUID> lock(Connection connection, Free free, int most) throws SQLException {
        var asking = new ArrayDeque<>(open(connection));
        var taken = new ArrayList<UUID>();
        var takenOf = new HashMap<String, Integer>();
        while (!asking.isEmpty() && taken.size() < most) {
            String queue = asking.remove();
            int before = takenOf.getOrDefault(queue, 0);
            int left = Math.min(most - taken.size(), free.in(queue) - before);
            int share = Math.min(left, Math.ceilDiv(most - taken.size(), asking.size() + 1));
            var some = share > 0 ? lock(connection, queue, share) : List.<UUID>of();
            taken.addAll(some);
            takenOf.put(queue, before + some.size());
            if (some.size() == share && share < left) {
                // It has more, if the others leave slots.
                asking.add(queue);
            }
        }
        return taken;
    }

    private List<UUID> lock(Connection connection, String queue, int most) throws SQLException {
        try (var select = connection.prepareStatement("""
                                                      select id from %s
                                                      where state = 'ENQUEUED' and queue = ? and %s
                                                      order by updatedAt - priority * interval '1 minute', id
                                                      limit ?
                                                      for update skip locked
                                                      """.formatted(jobs, UniqueKeys.mayStart(jobs)))) {
            select.setString(1, queue);
            select.setInt(2, most);
            var found = new ArrayList<UUID>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(UUID.fromString(rows.getString(1)));
                }
            }
            return found;
        }
    }

    /** The queues that have waiting jobs and are not paused, each time with another one first. */
    private List<String> open(Connection connection) throws SQLException {
        String names = subscription.isToAll()
                ? """
                  with recursive found (name) as (
                      select min(queue) from %1$s where state = 'ENQUEUED'
                      union all
                      select (select min(queue) from %1$s where state = 'ENQUEUED' and queue > found.name)
                      from found where found.name is not null)
                  select name from found where name is not null
                  """
                : """
                  select name from unnest(?) name
                  where exists (select from %1$s where state = 'ENQUEUED' and queue = name)
                  """;
        try (var select = connection.prepareStatement(
                "select name from (%s) waiting where name not in (select name from %s) order by name"
                        .formatted(names.formatted(jobs), paused))) {
            if (!subscription.isToAll()) {
                select.setArray(1, connection.createArrayOf("text", subscription.caps().keySet().toArray()));
            }
            var found = new ArrayList<String>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
            if (found.size() > 1) {
                Collections.rotate(found, Math.floorMod(turn.getAndIncrement(), found.size()));
            }
            return found;
        }
    }
}
