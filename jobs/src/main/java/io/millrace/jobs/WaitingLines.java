package io.millrace.jobs;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which jobs with a {@link ConcurrencyLimit} could start, without locking any. Those of one queue, key and limit are a line:
 * the index knows the next line after each, however many jobs stand in it (a loose index scan), so a full key costs two
 * probes. A look is at some hundred lines, each time at others where there are more, and at those of keys that have become
 * free in this process.
 */
final class WaitingLines {

    /** How many lines are looked at in one statement. */
    static final int WINDOW = 200;

    /** Which of the parameters are the queue. */
    private static final int[] QUEUE = {1, 4, 5, 7, 9};

    private final String sql;
    /** Where the next look into a queue begins: after this line. */
    private final Map<String, Line> next = new ConcurrentHashMap<>();

    WaitingLines(JobsSchema schema) {
        String jobs = schema.prefix() + "jobrunr_jobs";
        String waiting = "%s where %s and queue = ?".formatted(jobs, LimitedJobs.WAITING);
        this.sql = """
                   with recursive line (key, at_once, number) as (
                       (select concurrencyKey, concurrencyLimit, 1 from %1$s and (concurrencyKey, concurrencyLimit) > (?, ?)
                        order by queue, concurrencyKey, concurrencyLimit limit 1)
                       union all
                       select after.concurrencyKey, after.concurrencyLimit, number + 1
                       from line cross join lateral (
                           select concurrencyKey, concurrencyLimit from %1$s
                               and (concurrencyKey, concurrencyLimit) > (line.key, line.at_once)
                           order by queue, concurrencyKey, concurrencyLimit limit 1) after
                       where number < %2$d
                   ), freed (key, at_once) as (
                       select key, (select min(concurrencyLimit) from %1$s and concurrencyKey = key) from unnest(?::text[]) key
                       union all
                       select key, (select min(concurrencyLimit) from %1$s and concurrencyKey = key
                                        and concurrencyLimit > freed.at_once)
                       from freed where at_once is not null
                   ), looked (key, at_once) as materialized (
                       select key, at_once from line union select key, at_once from freed where at_once is not null
                   ), last (key, at_once, number) as (
                       select key, at_once, number from line order by number desc limit 1
                   ), found (key, at_once, turn, id) as (
                       select key, at_once, turn, id
                       from looked
                       cross join lateral (%3$s) running
                       cross join lateral (select count(*) as jobs from unnest(?::text[]) key where key = looked.key) taken
                       cross join lateral (
                           select %4$s as turn, id from %1$s
                               and concurrencyKey = looked.key and concurrencyLimit = looked.at_once
                               and id <> all (?::bpchar[]) and %5$s
                           order by queue, concurrencyKey, concurrencyLimit, %6$s
                           limit greatest(0, least(?, looked.at_once - running.jobs - taken.jobs))) first
                       order by turn, id limit ?
                   )
                   select found.key, found.at_once, turn, id, last.key as last_key, last.at_once as last_at_once, number
                   from (select 1) always left join last on true left join found on true
                   order by turn, id
                   """
                .formatted(waiting, WINDOW, LimitedJobs.running(jobs, "looked"), Place.TURN,
                        UniqueKeys.mayStart(jobs), Place.ORDER);
    }

    /** Jobs of one queue with the same key and the same limit. */
    record Line(String key, int atOnce) {

        private static final Line BEFORE_ALL = new Line("", 0);
    }

    /** A job that could start, as far as could be seen. */
    record First(Line line, Place place) {
    }

    /** The looks for one call for jobs: as many as it takes to have seen all lines of each queue. */
    final class Round {

        private final Set<String> wrapped = new HashSet<>();
        private final Set<String> seen = new HashSet<>();
        private boolean complete = true;

        /** The best jobs of some lines, of none more than it may start. */
        List<First> look(Connection connection, String queue, Collection<String> freed, Taken taken, int most)
                throws SQLException {
            var from = next.getOrDefault(queue, Line.BEFORE_ALL);
            try (var select = connection.prepareStatement(sql)) {
                for (int parameter : QUEUE) {
                    select.setString(parameter, queue);
                }
                select.setString(2, from.key());
                select.setInt(3, from.atOnce());
                select.setArray(6, connection.createArrayOf("text", freed.toArray()));
                select.setArray(8, taken.keys(connection));
                select.setArray(10, taken.ids(connection));
                select.setInt(11, most);
                select.setInt(12, most);
                try (var rows = select.executeQuery()) {
                    return read(rows, queue, from);
                }
            }
        }

        private List<First> read(ResultSet rows, String queue, Line from) throws SQLException {
            var found = new ArrayList<First>();
            for (boolean first = true; rows.next(); first = false) {
                if (first) {
                    goOnAfter(queue, from, rows);
                }
                if (rows.getString(1) != null) {
                    found.add(new First(new Line(rows.getString(1), rows.getInt(2)), Place.of(rows)));
                }
            }
            return found;
        }

        private void goOnAfter(String queue, Line from, ResultSet row) throws SQLException {
            if (row.getInt("number") == WINDOW) {
                next.put(queue, new Line(row.getString("last_key"), row.getInt("last_at_once")));
            } else {
                next.remove(queue);
                if (from.equals(Line.BEFORE_ALL) || !wrapped.add(queue)) {
                    seen.add(queue);
                }
            }
            complete &= seen.contains(queue);
        }

        /** Whether no line is left to look at since the last call of this. */
        boolean isComplete() {
            boolean nothingLeft = complete;
            complete = true;
            return nothingLeft;
        }
    }
}
