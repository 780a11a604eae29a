package io.millrace.jobs;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;

import org.jobrunr.jobs.states.StateName;
import org.jobrunr.storage.JobStats;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How many jobs there are of each state, exactly and at a cost that does not grow with the finished ones: those are counted
 * by triggers as they come and go, the others when somebody asks.
 */
final class JobCounts {

    private final JdbcClient jdbc;
    private final String prefix;

    JobCounts(DataSource dataSource, JobsSchema schema) {
        this.jdbc = JdbcClient.create(dataSource);
        this.prefix = schema.prefix();
    }

    /** What JobRunr's view of the same name says, of one moment. */
    JobStats stats() {
        var counts = Stream.of(StateName.values())
                .map(state -> (isNoted(state) ? noted(state) : counted(state)) + " as " + state)
                .collect(Collectors.joining(",\n"));
        return jdbc.sql("""
                        select clock_timestamp() as asked, %2$s,
                               coalesce((select cast(trim(value) as bigint) from %1$sjobrunr_metadata
                                         where id = 'succeeded-jobs-counter-cluster'), 0) as all_time,
                               (select count(*) from %1$sjobrunr_recurring_jobs) as recurring,
                               (select count(*) from %1$sjobrunr_backgroundjobservers) as servers
                        from %1$sjob_counts
                        """.formatted(prefix, counts)).query((row, number) -> stats(row)).single();
    }

    long of(StateName state) {
        var count = isNoted(state)
                ? noted(state) + " from " + prefix + "job_counts where state = '" + state + "'"
                : counted(state);
        return jdbc.sql("select " + count).query(Long.class).single();
    }

    /**
     * Makes one row of the many that each finished state has got since, and of those of each queue ({@link QueueFigures}); nobody
     * waits, and no count changes.
     */
    void fold() {
        jdbc.sql("""
                 with folded as (
                     delete from %1$sjob_counts
                     where ctid = any (array(select ctid from %1$sjob_counts for update skip locked))
                     returning state, jobs)
                 insert into %1$sjob_counts (state, jobs)
                 select state, sum(jobs) from folded group by state having sum(jobs) <> 0
                 """.formatted(prefix)).update();
        jdbc.sql("""
                 with folded as (
                     delete from %1$squeue_counts
                     where ctid = any (array(select ctid from %1$squeue_counts for update skip locked))
                     returning queue, state, jobs,
                         case when ended > clock_timestamp() - interval '2 minutes' then ended end as ended)
                 insert into %1$squeue_counts (queue, state, jobs, ended)
                 select queue, state, sum(jobs), ended from folded
                 where state = 'FAILED' or ended is not null
                 group by queue, state, ended having sum(jobs) <> 0
                 """.formatted(prefix)).update();
    }

    private static boolean isNoted(StateName state) {
        return state == StateName.SUCCEEDED || state == StateName.FAILED || state == StateName.DELETED;
    }

    private static String noted(StateName state) {
        return "coalesce(sum(jobs) filter (where state = '%s'), 0)".formatted(state);
    }

    /** A select for each of them: the partial indexes are of one state. */
    private String counted(StateName state) {
        return "(select count(*) from %sjobrunr_jobs where state = '%s')".formatted(prefix, state);
    }

    private static JobStats stats(ResultSet row) throws SQLException {
        long total = 0;
        for (var state : StateName.values()) {
            total += row.getLong(state.name());
        }
        return new JobStats(row.getObject("asked", OffsetDateTime.class).toInstant(), total, row.getLong("AWAITING"),
                row.getLong("SCHEDULED"), row.getLong("ENQUEUED"),
                row.getLong("PROCESSING"), row.getLong("FAILED"), row.getLong("SUCCEEDED"), row.getLong("all_time"),
                row.getLong("DELETED"), row.getInt("recurring"), row.getInt("servers"));
    }
}
