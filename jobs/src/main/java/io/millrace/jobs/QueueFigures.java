package io.millrace.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;

import org.jobrunr.storage.StorageException;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;

/**
 * What is in each queue. What has ended is counted already (V17), and what was enqueued of late is written down (V20); what waits and runs is counted by the indexes that hold nothing
 * else, so that the cost grows with that alone.
 */
final class QueueFigures {

    /** As {@link PlannerOptions} has it for connections of the engine's; and on one processor, the others are for jobs. */
    private static final String BY_INDEX = """
                                           set local enable_seqscan = off;
                                           set local enable_bitmapscan = off;
                                           set local max_parallel_workers_per_gather = 0
                                           """;

    private final Transactions transactions;
    private final String sql;

    QueueFigures(DataSource dataSource, JobsSchema schema) {
        this.transactions = new Transactions(dataSource);
        // Of the jobs with a concurrency limit no index has the order in which they wait.
        this.sql = """
                   with waiting as (
                       select queue, count(*) as jobs from %1$sjobrunr_jobs
                       where state = 'ENQUEUED' and concurrencyKey is null group by queue
                       union all
                       select queue, count(*) from %1$sjobrunr_jobs
                       where state = 'ENQUEUED' and concurrencyKey is not null group by queue),
                   old as (
                       (select queue, updatedAt from %1$sjobrunr_jobs where state = 'ENQUEUED' order by updatedAt limit 1000)
                       union all
                       select queue, next.updatedAt
                       from (select distinct queue from waiting) queues,
                            lateral (select updatedAt from %1$sjobrunr_jobs job
                                     where job.queue = queues.queue and state = 'ENQUEUED' and concurrencyKey is null
                                     order by (updatedAt - priority * interval '1 minute'), id limit 100) next
                       union all
                       select queue, any_of.updatedAt
                       from (select distinct queue from waiting) queues,
                            lateral (select updatedAt from %1$sjobrunr_jobs job
                                     where job.queue = queues.queue and state = 'ENQUEUED'
                                         and concurrencyKey is not null limit 100) any_of)
                   select queue, 'enqueued', sum(jobs)::float8 from waiting group by queue
                   union all
                   select queue, 'age',
                          greatest(0, extract(epoch from clock_timestamp() at time zone 'UTC' - min(updatedAt)))::float8
                   from old group by queue
                   union all
                   select queue, 'processing', count(*) from %1$sjobrunr_jobs where state = 'PROCESSING' group by queue
                   union all
                   select queue, 'scheduled', count(*) from %1$sjobrunr_jobs where state = 'SCHEDULED' group by queue
                   union all
                   select queue, 'scheduled', count(*) from %1$sjobrunr_jobs where state = 'AWAITING' group by queue
                   union all
                   select queue, 'failed', sum(jobs) from %1$squeue_counts where state = 'FAILED' group by queue
                   union all
                   select queue, 'processed', sum(jobs) from %1$squeue_counts
                   where ended > clock_timestamp() - interval '1 minute' group by queue
                   union all
                   select queue, 'added', sum(enqueued)
                   from (select queue, enqueued, at from %1$snew_job_figures
                         union all
                         select queue, enqueued, at from %1$sjob_figures where span = 10) figures
                   where at >= date_bin('10 seconds', clock_timestamp() - interval '80 seconds', timestamptz 'epoch')
                       and at < date_bin('10 seconds', clock_timestamp() - interval '20 seconds', timestamptz 'epoch')
                   group by queue
                   """
                .formatted(schema.prefix());
    }

    /**
     * Of each queue in which anything is, or was a minute ago, by name; of none whether it is held up.
     *
     * @throws DataAccessException
     *             if the database cannot be reached
     */
    Map<String, QueueStatus> ask() {
        try {
            return transactions.run(connection -> {
                try (var planner = connection.createStatement()) {
                    planner.execute(BY_INDEX);
                }
                return read(connection);
            });
        } catch (StorageException e) {
            throw e.getCause() instanceof SQLException cause ? translated(cause) : e;
        }
    }

    private static DataAccessException translated(SQLException cause) {
        var translated = new SQLExceptionSubclassTranslator().translate("count what is in queues", null, cause);
        return translated == null ? new UncategorizedSQLException("count what is in queues", null, cause) : translated;
    }

    private Map<String, QueueStatus> read(Connection connection) throws SQLException {
        var figures = new TreeMap<String, Map<String, Double>>();
        try (var select = connection.prepareStatement(sql); var rows = select.executeQuery()) {
            while (rows.next()) {
                figures.computeIfAbsent(rows.getString(1), _ -> new HashMap<>()).merge(rows.getString(2),
                        rows.getDouble(3), Double::sum);
            }
        }
        var found = new TreeMap<String, QueueStatus>();
        figures.forEach((queue, its) -> found.put(queue, status(queue, its)));
        return found;
    }

    private static QueueStatus status(String queue, Map<String, Double> figures) {
        var age = figures.get("age");
        return new QueueStatus(queue, false, null, number(figures, "enqueued"), number(figures, "processing"),
                number(figures, "scheduled"), number(figures, "failed"),
                age == null ? null : Duration.ofNanos(Math.round(age * 1e6) * 1_000), number(figures, "processed"),
                number(figures, "added"));
    }

    private static long number(Map<String, Double> figures, String name) {
        return Math.max(0, figures.getOrDefault(name, 0.0).longValue());
    }
}
