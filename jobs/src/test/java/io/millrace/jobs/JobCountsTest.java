package io.millrace.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import org.jobrunr.jobs.states.StateName;
import org.jobrunr.storage.JobStats;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Counts are those of JobRunr's view, which looks at each row, whatever happened to the rows. */
class JobCountsTest {

    private final StoreTables tables = new StoreTables();

    @AfterEach
    void close() {
        tables.close();
    }

    @Test
    void areThoseOfJobRunrsViewWhateverHappensToTheRows() {
        for (var state : StateName.values()) {
            tables.add(state.name(), state.name().length());
        }
        assertSameAsJobRunrs();

        change("update %s set state = 'PROCESSING' where state = 'ENQUEUED'");
        change("update %s set state = 'SUCCEEDED' where state = 'PROCESSING'");
        change("update %s set state = 'ENQUEUED' where state = 'FAILED' and id = (select max(id) from %1$s where state = 'FAILED')");
        change("update %s set version = version + 1");
        change("delete from %s where state = 'DELETED'");
        change("delete from %s where id = (select max(id) from %1$s)");
        change("merge into %s j using (select max(id) as id from %1$s) one on j.id = one.id when matched then update set state = 'FAILED'");
        tables.store.publishTotalAmountOfSucceededJobs(7);
        assertSameAsJobRunrs();
        assertThat(tables.store.getJobStats().getAllTimeSucceeded()).isEqualTo(7);

        change("truncate %s");
        assertThat(tables.store.getJobStats().getTotal()).isZero();
    }

    @Test
    void countNothingOfATransactionThatRolledBack() throws SQLException {
        tables.add("ENQUEUED", 5);
        try (var connection = tables.database.getConnection(); var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("update millrace_jobs.jobrunr_jobs set state = 'SUCCEEDED'");
            connection.rollback();
        }

        assertThat(tables.store.getJobStats().getSucceeded()).isZero();
    }

    @Test
    void makeNobodyWaitForATransactionThatIsStillOpen() throws SQLException {
        tables.add("ENQUEUED", 2);
        var one = tables.someId("ENQUEUED").toString();
        try (var open = tables.database.getConnection(); var statement = open.createStatement()) {
            open.setAutoCommit(false);
            statement.execute("update millrace_jobs.jobrunr_jobs set state = 'SUCCEEDED' where id = '" + one + "'");

            change("update %s set state = 'SUCCEEDED' where id <> '" + one + "'");
            new JobCounts(tables.database, tables.schema).fold();
            assertThat(tables.store.getJobStats().getSucceeded()).isEqualTo(1);

            open.commit();
        }
        assertThat(tables.store.getJobStats().getSucceeded()).isEqualTo(2);
        assertSameAsJobRunrs();
    }

    @Test
    void stayExactWhileManyFinishJobsAndFoldTheCounts() throws InterruptedException, ExecutionException {
        int jobs = 400;
        tables.add("ENQUEUED", jobs);
        var counts = new JobCounts(tables.database, tables.schema);
        Callable<Void> finish = () -> {
            for (int i = 0; i < jobs / 4 / 5; i++) {
                change("""
                       update %s set state = 'SUCCEEDED' where id in (
                           select id from %1$s where state = 'ENQUEUED' limit 5 for update skip locked)
                       """);
            }
            return null;
        };
        Callable<Void> fold = () -> {
            for (int i = 0; i < 30; i++) {
                counts.fold();
                assertThat(tables.store.getJobStats().getTotal()).isEqualTo(jobs);
            }
            return null;
        };
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var tasks = new ArrayList<Callable<Void>>(IntStream.range(0, 4).mapToObj(i -> finish).toList());
            tasks.add(fold);
            tasks.add(fold);
            for (var done : threads.invokeAll(tasks)) {
                done.get();
            }
        }

        assertThat(tables.store.getJobStats().getSucceeded()).isEqualTo(tables.count("SUCCEEDED")).isEqualTo(jobs);
        counts.fold();
        assertThat(tables.jdbc.sql("select count(*) from millrace_jobs.job_counts").query(Long.class).single())
                .isEqualTo(1);
    }

    @Test
    void areCountedAnewByTheStatementInOperations() throws IOException, SQLException {
        tables.add("SUCCEEDED", 3);
        tables.add("FAILED", 2);
        change("delete from %s where state = 'FAILED'");
        tables.jdbc.sql("insert into millrace_jobs.job_counts (state, jobs) values ('SUCCEEDED', 70), ('DELETED', -5)")
                .update();
        change("alter table %s disable trigger user");
        tables.add("DELETED", 4);
        change("alter table %s enable trigger user");

        try (var connection = tables.database.getConnection(); var statement = connection.createStatement()) {
            statement.execute(inOperations("Counts of finished jobs"));
        }

        assertSameAsJobRunrs();
        assertThat(tables.store.getJobStats().getDeleted()).isEqualTo(4);
    }

    @Test
    void areReadFromAFewRowsBecauseTheTableIsVacuumedEarly() {
        assertThat(tables.jdbc.sql("select reloptions::text from pg_class where relname = 'job_counts'")
                .query(String.class).single()).contains("autovacuum_vacuum_scale_factor=0",
                        "autovacuum_vacuum_threshold=500");
    }

    /** The SQL under a heading. */
    private static String inOperations(String heading) throws IOException {
        var text = Files.readString(Path.of("..", "docs", "operations.md"));
        var section = text.substring(text.indexOf("## " + heading));
        var sql = section.substring(section.indexOf("```sql") + "```sql".length());
        return sql.substring(0, sql.indexOf("```"));
    }

    private void assertSameAsJobRunrs() {
        var view = tables.jdbc.sql("select * from millrace_jobs.jobrunr_jobs_stats")
                .query((row, number) -> new JobStats(Clock.systemUTC().instant(), row.getLong("total"),
                        row.getLong("awaiting"), row.getLong("scheduled"), row.getLong("enqueued"),
                        row.getLong("processing"), row.getLong("failed"), row.getLong("succeeded"),
                        row.getLong("allTimeSucceeded"), row.getLong("deleted"), row.getInt("nbrOfRecurringJobs"),
                        row.getInt("nbrOfBackgroundJobServers")))
                .single();
        assertThat(tables.store.getJobStats()).usingRecursiveComparison()
                .ignoringFields("timeStamp", "queryDurationInMillis").isEqualTo(view);
        for (var state : StateName.values()) {
            assertThat(tables.store.countJobs(state)).isEqualTo(tables.count(state.name()));
        }
    }

    private void change(String sql) {
        tables.jdbc.sql(sql.formatted("millrace_jobs.jobrunr_jobs")).update();
    }
}
