package io.millrace.jobs;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Workers by their rows. Who is dead is told as {@link RescueJobs} tells it, but for that it must be sure and this need not. */
final class PostgresJobWorkers implements JobWorkers {

    static final Duration DEAD_ARE_SHOWN = Duration.ofHours(1);

    private final JdbcClient jdbc;
    private final String all;

    PostgresJobWorkers(DataSource engine, JobsSchema schema) {
        this.jdbc = JdbcClient.create(engine);
        // A lock that is free is held until the end of this statement, and shared: see RescueJobs.
        this.all = """
                   with running as (
                       select worker, count(*) as jobs from %1$sjobrunr_jobs
                       where state = 'PROCESSING' and worker is not null group by worker),
                   known as (
                       select id, coalesce(said.name, beats.name) as name, version, host, queues, slots, number, beat_at,
                              coalesce(started_at, beat_at) as started_at,
                              coalesce(beat_at, died_at, started_at) as seen_at
                       from %1$sjob_workers as beats full join %1$sjob_worker_facts as said using (id))
                   select id, name, version, host, queues, coalesce(slots, 0) as slots,
                          coalesce(running.jobs, 0) as running, started_at, seen_at,
                          case when beat_at is null or beat_at < clock_timestamp() - interval '%2$d ms' then false
                               when number is null or beat_at >= clock_timestamp() - interval '%3$d ms' then true
                               else not pg_try_advisory_xact_lock_shared(%4$s, number) end as alive
                   from known left join running on running.worker = id
                   where seen_at > clock_timestamp() - interval '%5$d s'
                   order by alive desc, name, id
                   """
                .formatted(schema.prefix(), RescueJobs.SILENT.toMillis(),
                        RescueJobs.SILENT_WITHOUT_LOCK.toMillis(), Heartbeat.LOCKS.formatted(schema.prefix()),
                        DEAD_ARE_SHOWN.toSeconds());
    }

    @Override
    public List<WorkerStatus> all() {
        return jdbc.sql(all).query((row, _) -> new WorkerStatus(row.getObject("id", UUID.class), row.getString("name"),
                row.getString("version"), row.getString("host"), texts(row.getArray("queues")), row.getInt("slots"),
                row.getInt("running"), instant(row, "started_at"), instant(row, "seen_at"), row.getBoolean("alive")))
                .list();
    }

    private static List<String> texts(@Nullable Array array) throws SQLException {
        return array == null ? List.of() : List.of((String[]) array.getArray());
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
