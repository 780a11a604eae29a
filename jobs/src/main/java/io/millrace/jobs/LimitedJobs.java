package io.millrace.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntFunction;

/**
 * Takes waiting jobs that have a {@link ConcurrencyLimit}, in one transaction. Whoever takes jobs of a key holds its advisory
 * lock from before it counts the running ones until its commit, so that no two count at the same time; it does not wait for
 * the lock, so that nobody waits for another in a circle.
 */
final class LimitedJobs {

    /** As its index has it. */
    static final String WAITING = "state = 'ENQUEUED' and concurrencyKey is not null";

    /** Of one transaction: Postgres' table of locks is the whole server's. Who wants more goes on with them in the next. */
    private static final int MOST_LOCKS = 256;

    private final String lockPrefix;
    private final String lock;

    LimitedJobs(JobsSchema schema) {
        String jobs = schema.prefix() + "jobrunr_jobs";
        this.lockPrefix = schema.prefix();
        this.lock = """
                    select job.id, line.key
                    from unnest(?::text[], ?::int[], ?::int[], ?::int[]) line (key, at_once, wanted, counted)
                    cross join lateral (%s) running
                    cross join lateral (
                        select id from %s
                        where %s and queue = ? and concurrencyKey = line.key and concurrencyLimit = line.at_once
                            and id <> all (?::text[]::bpchar[]) and %s
                        order by queue, concurrencyKey, concurrencyLimit, %s
                        limit greatest(0, least(line.wanted, line.at_once - line.counted - running.jobs))
                        for update skip locked) job
                    """.formatted(running(jobs, "line"), jobs, WAITING, UniqueKeys.mayStart(jobs),
                Place.ORDER);
    }

    /** How many jobs of a line's key run, as far as it matters to the line. */
    static String running(String jobs, String line) {
        return """
               select count(*) as jobs from (
                   select from %1$s where state = 'PROCESSING' and concurrencyKey = %2$s.key limit %2$s.at_once) found
               """.formatted(jobs, line);
    }

    Taking on(Connection connection, Taken before) {
        return new Taking(connection, before);
    }

    /** What one transaction takes: jobs of one key in several queues as well. */
    final class Taking {

        private final Connection connection;
        private final Taken before;
        private final Set<String> locked = new HashSet<>();
        private final Set<String> passedOver = new HashSet<>();

        private Taking(Connection connection, Taken before) {
            this.connection = connection;
            this.before = before;
        }

        /** As many jobs of each line as it is there in {@code lines}, where others have not started them meanwhile. */
        List<UUID> lock(String queue, List<WaitingLines.Line> lines, int most) throws SQLException {
            var wanted = new LinkedHashMap<WaitingLines.Line, Integer>();
            lines.stream().limit(most).forEach(line -> wanted.merge(line, 1, Integer::sum));
            lockKeys(wanted.keySet().stream().map(WaitingLines.Line::key).toList());
            var taken = new ArrayList<UUID>();
            while (!wanted.isEmpty()) {
                var oneOfEachKey = new LinkedHashMap<String, WaitingLines.Line>();
                wanted.keySet().forEach(line -> oneOfEachKey.putIfAbsent(line.key(), line));
                taken.addAll(lockOneLineOfEachKey(queue, List.copyOf(oneOfEachKey.values()), wanted));
                wanted.keySet().removeAll(oneOfEachKey.values());
            }
            return taken;
        }

        /** The keys of which it could not see whether they have a place free, mostly as another worker was counting them. */
        Set<String> passedOver() {
            return passedOver;
        }

        private void lockKeys(Collection<String> wanted) throws SQLException {
            var unknown = wanted.stream().distinct().filter(key -> !locked.contains(key)).toList();
            var mine = unknown.stream().limit(MOST_LOCKS - locked.size()).toArray();
            unknown.stream().skip(mine.length).forEach(passedOver::add);
            if (mine.length == 0) {
                return;
            }
            try (var select = connection.prepareStatement(
                    "select key, pg_try_advisory_xact_lock(hashtextextended(? || key, 0)) from unnest(?::text[]) key")) {
                select.setString(1, lockPrefix);
                select.setArray(2, connection.createArrayOf("text", mine));
                try (var found = select.executeQuery()) {
                    while (found.next()) {
                        (found.getBoolean(2) ? locked : passedOver).add(found.getString(1));
                    }
                }
            }
        }

        /** A statement of its own after the locks, as it must see what those who had them before have started. */
        private List<UUID> lockOneLineOfEachKey(String queue, List<WaitingLines.Line> lines,
                Map<WaitingLines.Line, Integer> wanted) throws SQLException {
            var mine = lines.stream().filter(line -> locked.contains(line.key())).toList();
            if (mine.isEmpty()) {
                return List.of();
            }
            try (var select = connection.prepareStatement(lock)) {
                select.setArray(1, array("text", mine.size(), i -> mine.get(i).key()));
                select.setArray(2, array("int4", mine.size(), i -> mine.get(i).atOnce()));
                select.setArray(3, array("int4", mine.size(), i -> wanted.getOrDefault(mine.get(i), 0)));
                select.setArray(4, array("int4", mine.size(), i -> before.ofKey(mine.get(i).key())));
                select.setString(5, queue);
                select.setArray(6, before.ids(connection));
                var found = new ArrayList<UUID>();
                try (var rows = select.executeQuery()) {
                    while (rows.next()) {
                        var id = UUID.fromString(rows.getString(1));
                        found.add(id);
                        before.addKey(id, rows.getString(2));
                    }
                }
                return found;
            }
        }

        private java.sql.Array array(String type, int length, IntFunction<Object> value) throws SQLException {
            var values = new Object[length];
            java.util.Arrays.setAll(values, value);
            return connection.createArrayOf(type, values);
        }
    }
}
