package io.millrace.jobs.figures;

import javax.sql.DataSource;

import org.springframework.jdbc.core.simple.JdbcClient;

import io.millrace.jobs.JobsSchema;

/** How many workers there are, and how many jobs they can run at once. */
final class LookAtWorkers {

    /** Who has not been heard of for longer is taken for dead by all others. */
    private static final String ALIVE = "beat_at > clock_timestamp() - interval '10 seconds'";

    private final JdbcClient jdbc;
    private final String sql;

    LookAtWorkers(DataSource engine, JobsSchema schema) {
        this.jdbc = JdbcClient.create(engine);
        this.sql = "select count(*), coalesce(sum(%s), 0) from %sjob_workers where %s".formatted(slots(),
                schema.prefix(), ALIVE);
    }

    /** Of one worker. */
    private static String slots() {
        return "0";
    }

    Workers look() {
        return jdbc.sql(sql).query((row, _) -> new Workers(row.getInt(1), row.getInt(2))).single();
    }

    /** What was found. */
    record Workers(int alive, int slots) {
    }
}
