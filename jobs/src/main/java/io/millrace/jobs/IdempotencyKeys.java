package io.millrace.jobs;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which job a key stands for, until it expires by the database's clock. A second caller waits for the end of the first one's
 * transaction, by the table's primary key; nobody locks a key that is known.
 */
final class IdempotencyKeys {

    private static final int DELETED_AT_ONCE = 1_000;

    private final String table;
    private final double ttlSeconds;

    IdempotencyKeys(JobsSchema schema, Duration ttl) {
        this.table = schema.prefix() + "job_idempotency_keys";
        this.ttlSeconds = ttl.toMillis() / 1_000.0;
    }

    String table() {
        return table;
    }

    /** How long a key stands for its job. */
    double ttlSeconds() {
        return ttlSeconds;
    }

    /**
     * @return the job that the key stands for; empty if it stands for this one from now on
     * @throws IdempotencyKeyReused
     *             if it stands for another request
     */
    Optional<UUID> claim(JdbcClient jdbc, String key, byte[] request, UUID id) {
        while (!taken(jdbc, key, request, id)) {
            var known = find(jdbc, key);
            if (known.isPresent()) {
                return Optional.of(known.get().jobOf(key, request));
            }
            // It has expired or was deleted since.
        }
        return Optional.empty();
    }

    /** Lets a key that the caller has just claimed stand for another job. */
    void pointTo(JdbcClient jdbc, String key, UUID id) {
        jdbc.sql("update %s set job_id = ? where key = ?".formatted(table)).param(id).param(key).update();
    }

    private boolean taken(JdbcClient jdbc, String key, byte[] request, UUID id) {
        int inserted = jdbc.sql("""
                                insert into %s (key, request, job_id, expires_at)
                                values (?, ?, ?, clock_timestamp() + make_interval(secs => ?))
                                on conflict (key) do nothing
                                """.formatted(table)).param(key).param(request).param(id).param(ttlSeconds).update();
        return inserted == 1 || tookOverExpired(jdbc, key, request, id);
    }

    private boolean tookOverExpired(JdbcClient jdbc, String key, byte[] request, UUID id) {
        return jdbc.sql("""
                        update %s set request = ?, job_id = ?, expires_at = clock_timestamp() + make_interval(secs => ?)
                        where key = ? and expires_at <= clock_timestamp()
                        """.formatted(table)).param(request).param(id).param(ttlSeconds).param(key).update() == 1;
    }

    private Optional<Known> find(JdbcClient jdbc, String key) {
        return jdbc.sql("select request, job_id from %s where key = ? and expires_at > clock_timestamp()"
                .formatted(table)).param(key)
                .query((row, number) -> new Known(row.getBytes(1), row.getObject(2, UUID.class))).optional();
    }

    /** Deletes what has expired; safe on many nodes at once. */
    Turns.Turn deleteExpired(JdbcClient jdbc, Turns turns) {
        return turns.take(DELETED_AT_ONCE, () -> jdbc.sql("""
                                                          delete from %1$s where ctid = any (array(
                                                              select ctid from %1$s where expires_at <= now()
                                                              limit ? for update skip locked))
                                                          """.formatted(table)).param(DELETED_AT_ONCE).update());
    }

    @SuppressWarnings("ArrayRecordComponent") // compared by the one method that needs it
    private record Known(byte[] request, UUID jobId) {

        UUID jobOf(String key, byte[] sameRequest) {
            if (!Arrays.equals(request, sameRequest)) {
                throw new IdempotencyKeyReused(key, jobId);
            }
            return jobId;
        }
    }
}
