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
        // Those of before V21 say nothing of their slots: as many as the others have on average.
        this.sql = """
                   select count(*), coalesce(round(count(*) * avg(facts.slots)), 0)
                   from %1$sjob_workers worker left join %1$sjob_worker_facts facts on facts.id = worker.id
                   where %2$s
                   """.formatted(schema.prefix(), ALIVE);
    }

    Workers look() {
        return jdbc.sql(sql).query((row, _) -> new Workers(row.getInt(1), row.getInt(2))).single();
    }

    /** What was found. */
    record Workers(int alive, int slots) {
    }
}
