package io.millrace.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** What one transaction has taken so far. Its rows still look as if they waited: its own locks keep nobody in it from them. */
final class Taken {

    private final List<UUID> jobs = new ArrayList<>();
    private final Map<UUID, String> keys = new HashMap<>();

    /** Of a queue, in the order in which they were taken. */
    void add(List<UUID> some) {
        jobs.addAll(some);
    }

    /** That a job which is being taken has a key. */
    void addKey(UUID job, String key) {
        keys.put(job, key);
    }

    int count() {
        return jobs.size();
    }

    int ofKey(String key) {
        return (int) keys.values().stream().filter(key::equals).count();
    }

    List<UUID> jobs() {
        return jobs;
    }

    /** Of the jobs that have a {@link ConcurrencyLimit}. */
    Map<UUID, String> keys() {
        return keys;
    }

    /** For {@code id <> all (?)}; those with a key are in it as soon as they are known. */
    java.sql.Array ids(Connection connection) throws SQLException {
        return idsAnd(connection, List.of());
    }

    java.sql.Array idsAnd(Connection connection, List<UUID> more) throws SQLException {
        return connection.createArrayOf("text", Stream.of(jobs, keys.keySet(), more).flatMap(Collection::stream)
                .distinct().map(UUID::toString).toArray(String[]::new));
    }

    /** One for each job that has one. */
    java.sql.Array keys(Connection connection) throws SQLException {
        return connection.createArrayOf("text", keys.values().toArray());
    }
}
