package io.millrace.jobs;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which job was the last to come with a key. The caller holds the key's row until its transaction ends, and that of a
 * waiting holder too, which no worker takes meanwhile. Nothing is written when a job ends: whether it still holds its key,
 * its own row says.
 */
final class UniqueKeys {

    private final String keys;
    private final String jobs;

    UniqueKeys(JobsSchema schema) {
        this.keys = schema.prefix() + "job_unique_keys";
        this.jobs = schema.prefix() + "jobrunr_jobs";
    }

    /** What the dequeue asks of a row of {@code jobs}: that no other must end before it. Costs rows without such a job nothing. */
    static String mayStart(String jobs) {
        return """
               (runAfter is null or not exists (
                   select from %1$s before
                   where before.id = %1$s.runAfter
                       and before.state in ('PROCESSING', 'SCHEDULED', 'ENQUEUED', 'AWAITING')))
               """.formatted(jobs);
    }

    /** The job that came with the key before; empty if there is none, and this one has it from now on. */
    Optional<Holder> claim(JdbcClient jdbc, String type, UniqueKey key, UUID id) {
        while (true) {
            int inserted = jdbc.sql("""
                                    insert into %s (type, key, job_id, scope, period_ends, taken_at, sweep_at)
                                    values (:type, :key, :id, :scope, %s) on conflict (type, key) do nothing
                                    """.formatted(keys, times(key))).param("type", type).param("key", key.key())
                    .param("id", id).param("scope", key.scope().name()).update();
            if (inserted == 1) {
                return Optional.empty();
            }
            var holder = lock(jdbc, type, key);
            if (holder.isPresent()) {
                return holder;
            }
            // It was swept since.
        }
    }

    /** Gives the key, which the caller has locked, to another job. */
    void give(JdbcClient jdbc, String type, UniqueKey key, UUID id) {
        jdbc.sql("""
                 update %s set (job_id, scope, period_ends, taken_at, sweep_at) = (:id, :scope, %s)
                 where type = :type and key = :key
                 """.formatted(keys, times(key))).param("type", type).param("key", key.key()).param("id", id)
                .param("scope", key.scope().name()).update();
    }

    /** Gives the key back that the caller has claimed for a job that was not queued. */
    void release(JdbcClient jdbc, String type, UniqueKey key) {
        jdbc.sql("delete from %s where type = ? and key = ?".formatted(keys)).param(type).param(key.key()).update();
    }

    /** Locks the key that a job came with, if any: the key before the job, as the enqueuers do. */
    void lockOf(JdbcClient jdbc, UUID job) {
        jdbc.sql("select key from %s where job_id = ? for update".formatted(keys)).param(job).query(String.class)
                .list();
    }

    /**
     * The same for many and without waiting for anybody.
     *
     * @return those of them that came with no key, or with one that nobody holds just now
     */
    List<UUID> lockOfThoseThatNobodyHolds(JdbcClient jdbc, List<UUID> several) {
        var held = new HashSet<>(keysOf(jdbc, several, ""));
        if (held.isEmpty()) {
            return several;
        }
        keysOf(jdbc, several, "for update skip locked").forEach(held::remove);
        return several.stream().filter(id -> !held.contains(id)).toList();
    }

    private List<UUID> keysOf(JdbcClient jdbc, List<UUID> several, String lock) {
        return jdbc.sql("select job_id from %s where job_id = any (:ids) %s".formatted(keys, lock))
                .param("ids", several.toArray(UUID[]::new)).query((row, _) -> row.getObject(1, UUID.class)).list();
    }

    /** Lets others come with the keys of jobs that are cancelled, before their periods have ended. */
    void endPeriodOf(JdbcClient jdbc, List<UUID> cancelled) {
        jdbc.sql("delete from %s where job_id = any (:ids) and scope = 'FOR_PERIOD'".formatted(keys))
                .param("ids", cancelled.toArray(UUID[]::new)).update();
    }

    private static String times(UniqueKey key) {
        var period = key.period();
        String now = "clock_timestamp()";
        return period == null
                ? "null, %1$s, %1$s + interval '1 minute'".formatted(now)
                : "%1$s + interval '%2$d ms', %1$s, %1$s + interval '%2$d ms'".formatted(now, period.toMillis());
    }

    private Optional<Holder> lock(JdbcClient jdbc, String type, UniqueKey key) {
        return jdbc.sql("""
                        select job_id, scope, coalesce(period_ends > clock_timestamp(), false) from %s
                        where type = ? and key = ? for update
                        """.formatted(keys)).param(type).param(key.key())
                .query((row, number) -> new Claim(row.getObject(1, UUID.class),
                        UniqueKey.Scope.valueOf(row.getString(2)), row.getBoolean(3)))
                .optional().map(claim -> holder(jdbc, claim));
    }

    /** One that was deleted before it could follow on another leaves the key to that one. */
    private Holder holder(JdbcClient jdbc, Claim claim) {
        var holder = look(jdbc, claim.jobId(), claim);
        var before = holder.runAfter();
        if (holder.stage() == Stage.DELETED && before != null) {
            var earlier = look(jdbc, before, claim);
            return earlier.stage() == Stage.RUNNING || earlier.stage() == Stage.WAITING ? earlier : holder;
        }
        return holder;
    }

    private Holder look(JdbcClient jdbc, UUID id, Claim claim) {
        while (true) {
            var waiting = select(jdbc, "state in ('SCHEDULED', 'ENQUEUED', 'AWAITING') for update", id, claim);
            if (waiting.isPresent()) {
                return waiting.get();
            }
            var other = select(jdbc, "true", id, claim)
                    .orElseGet(() -> new Holder(id, claim, Stage.ENDED, 0, Instant.EPOCH, null));
            if (other.stage() != Stage.WAITING) {
                return other;
            }
            // It failed since, and waits to be tried again.
        }
    }

    private Optional<Holder> select(JdbcClient jdbc, String condition, UUID id, Claim claim) {
        return jdbc.sql("select state, version, createdAt, runAfter from %s where id = ? and %s".formatted(jobs,
                condition)).param(id.toString()).query((row, number) -> {
                    var runAfter = row.getString(4);
                    return new Holder(id, claim, Stage.of(row.getString(1)), row.getInt(2),
                            row.getObject(3, LocalDateTime.class).toInstant(ZoneOffset.UTC),
                            runAfter == null ? null : UUID.fromString(runAfter));
                }).optional();
    }

    /** What the key's row says. */
    private record Claim(UUID jobId, UniqueKey.Scope scope, boolean inPeriod) {
    }

    /** A job that came with the key, as it stands. */
    record Holder(UUID id, Claim claim, Stage stage, int version, Instant createdAt, @Nullable UUID runAfter) {

        boolean holdsTheKey() {
            return switch (claim.scope()) {
                case WHILE_WAITING -> stage == Stage.WAITING;
                case WHILE_WAITING_OR_RUNNING -> stage == Stage.WAITING || stage == Stage.RUNNING;
                case FOR_PERIOD -> claim.inPeriod();
            };
        }
    }

    enum Stage {
        WAITING, RUNNING, DELETED, ENDED;

        static Stage of(String state) {
            return switch (state) {
                case "SCHEDULED", "ENQUEUED", "AWAITING" -> WAITING;
                case "PROCESSING" -> RUNNING;
                case "DELETED" -> DELETED;
                default -> ENDED;
            };
        }
    }
}
