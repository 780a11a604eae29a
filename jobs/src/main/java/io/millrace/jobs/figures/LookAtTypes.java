package io.millrace.jobs.figures;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import io.millrace.jobs.JobsSchema;
import io.millrace.jobs.figures.ClusterFigures.TypeStatus;

/**
 * What waits and runs of each type in each queue. The indexes that hold nothing else have the type as well, so that the cost grows with what
 * waits, and not with what has ended, and rows are read of running jobs alone.
 */
final class LookAtTypes {

    /** As {@link io.millrace.jobs.JobQueues#status} has it: by these indexes, and on one processor, the others are for jobs. */
    private static final String BY_INDEX = """
                                           set local enable_seqscan = off;
                                           set local enable_bitmapscan = off;
                                           set local max_parallel_workers_per_gather = 0
                                           """;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final String sql;

    LookAtTypes(DataSource engine, JobsSchema schema) {
        this.jdbc = JdbcClient.create(engine);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(engine));
        this.sql = """
                   with waiting as materialized (
                       select type, queue, count(*) as jobs from %1$sjobrunr_jobs
                       where state = 'ENQUEUED' and concurrencyKey is null group by type, queue
                       union all
                       select type, queue, count(*) from %1$sjobrunr_jobs
                       where state = 'ENQUEUED' and concurrencyKey is not null group by type, queue),
                   old as (
                       (select type, queue, updatedAt from %1$sjobrunr_jobs where state = 'ENQUEUED' order by updatedAt limit 1000)
                       union all
                       select next.type, queues.queue, next.updatedAt
                       from (select distinct queue from waiting) queues,
                            lateral (select type, updatedAt from %1$sjobrunr_jobs job
                                     where job.queue = queues.queue and state = 'ENQUEUED' and concurrencyKey is null
                                     order by (updatedAt - priority * interval '1 minute'), id limit 100) next)
                   select coalesce(type, '%2$s') as type, queue, sum(waiting)::bigint as waiting, sum(running)::bigint as running,
                          max(age)::float8 as age
                   from (select type, queue, jobs as waiting, 0 as running, null::numeric as age from waiting
                         union all
                         select type, queue, 0, count(*), null from %1$sjobrunr_jobs
                         where state = 'PROCESSING' group by type, queue
                         union all
                         select type, queue, 0, 0,
                                greatest(0, extract(epoch from clock_timestamp() at time zone 'UTC' - min(updatedAt)))
                         from old group by type, queue) figures
                   group by coalesce(type, '%2$s'), queue
                   """
                .formatted(schema.prefix(), JobFigures.UNKNOWN);
    }

    /** Of each type and queue of which anything waits or runs, by name. */
    List<TypeStatus> look() {
        return Objects.requireNonNull(transaction.execute(_ -> {
            jdbc.sql(BY_INDEX).update();
            var found = new ArrayList<>(jdbc.sql(sql).query((row, _) -> status(row)).list());
            found.sort(Comparator.comparing(TypeStatus::type).thenComparing(TypeStatus::queue));
            return found;
        }));
    }

    private static TypeStatus status(ResultSet row) throws SQLException {
        double age = row.getDouble("age");
        var oldest = row.wasNull() ? null : Duration.ofNanos(Math.round(age * 1e6) * 1_000);
        return new TypeStatus(row.getString("type"), row.getString("queue"), row.getLong("waiting"),
                row.getLong("running"), oldest);
    }
}
