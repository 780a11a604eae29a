package io.millrace.jobs;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import org.jobrunr.jobs.states.DeletedState;
import org.jobrunr.jobs.states.StateName;
import org.jobrunr.storage.Paging.AmountBasedList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Old jobs go, a batch at a time, and nobody waits for it. */
class RetentionTest {

    private static final int AT_ONCE = Retention.AT_ONCE;

    private final Clock clock = Clock.systemUTC();
    private final StoreTables tables = new StoreTables();
    private final Retention retention = new Retention(tables.database, tables.schema, Turns.REAL);

    @AfterEach
    void close() {
        tables.close();
    }

    @Test
    void leavesTheHistoryAndTheCountsThatJobRunrWouldLeave() {
        tables.add("SUCCEEDED", AT_ONCE + 100);
        var id = tables.someId("SUCCEEDED");

        var left = tables.store.getJobList(StateName.SUCCEEDED, minutesAgo(59), AmountBasedList.ascOnUpdatedAt(1_000));

        assertThat(left).isEmpty();
        assertThat(tables.count("DELETED")).isEqualTo(AT_ONCE + 100);
        var stats = tables.store.getJobStats();
        assertThat(stats.getSucceeded()).isZero();
        assertThat(stats.getDeleted()).isEqualTo(AT_ONCE + 100);
        assertThat(stats.getAllTimeSucceeded()).isEqualTo(AT_ONCE + 100);
        var job = tables.store.getJobById(id);
        assertThat(job.getVersion()).isEqualTo(2);
        assertThat(job.getJobStates()).extracting(state -> state.getName()).containsExactly(StateName.ENQUEUED,
                StateName.SUCCEEDED, StateName.DELETED);
        DeletedState deleted = job.getJobState();
        assertThat(deleted.getReason()).isEqualTo("JobRunr maintenance - deleting succeeded job");
        assertThat(deleted.getCreatedAt()).isBetween(minutesAgo(1), clock.instant().plusMillis(1));
        job.enqueue();
        assertThat(tables.store.save(job).getVersion()).as("a row that JobRunr can go on with").isEqualTo(3);
    }

    @Test
    void takesFiveHundredRowsAtOnceAndNoMore() {
        tables.add("SUCCEEDED", AT_ONCE + 1);
        tables.add("DELETED", AT_ONCE + 1);

        assertThat(retention.purgeSome(StateName.DELETED, minutesAgo(59))).isEqualTo(AT_ONCE);
        assertThat(retention.deleteSomeSucceeded(minutesAgo(59))).isEqualTo(AT_ONCE);
        assertThat(retention.deleteSomeSucceeded(minutesAgo(59))).isEqualTo(1);
        assertThat(retention.purgeSome(StateName.DELETED, minutesAgo(59))).isEqualTo(1);
        assertThat(tables.count("DELETED")).as("just deleted").isEqualTo(AT_ONCE + 1);
    }

    @Test
    void removesWhatTheRunsOfAJobHaveLeftWithIt() {
        tables.add("DELETED", 3);
        tables.add("SUCCEEDED", 1);
        tables.jdbc.sql("""
                        with job as (select id::uuid as id from millrace_jobs.jobrunr_jobs),
                        progress as (insert into millrace_jobs.job_progress select id, 2, 2, 1, 2 from job),
                        lines as (insert into millrace_jobs.job_log_lines select id, 2, n, 2, now(), 'x'
                                  from job, generate_series(1, 10) n),
                        effects as (insert into millrace_jobs.job_effects (job_id, name, run)
                                    select id, 'charge ' || n, 2 from job, generate_series(1, 2) n)
                        insert into millrace_jobs.job_checkpoints select id, 2, '{}' from job
                        """).update();

        assertThat(retention.purgeSome(StateName.DELETED, minutesAgo(59))).isEqualTo(3);

        assertThat(rows("job_progress")).isOne();
        assertThat(rows("job_log_lines")).isEqualTo(10);
        assertThat(rows("job_checkpoints")).isOne();
        assertThat(rows("job_effects")).isEqualTo(2);
    }

    private long rows(String table) {
        return tables.jdbc.sql("select count(*) from millrace_jobs." + table).query(Long.class).single();
    }

    @Test
    void leavesYoungJobsAndThoseThatAreNotFinished() {
        for (var state : StateName.values()) {
            tables.add(state.name(), 1);
        }

        retention.deleteSucceeded(minutesAgo(61));
        tables.store.deleteJobsPermanently(StateName.DELETED, minutesAgo(61));
        assertThat(tables.store.getJobStats().getTotal()).isEqualTo(StateName.values().length);

        retention.deleteSucceeded(minutesAgo(59));
        assertThat(tables.store.deleteJobsPermanently(StateName.DELETED, minutesAgo(59))).isEqualTo(1);
        for (var state : StateName.values()) {
            assertThat(tables.count(state.name())).isEqualTo(state == StateName.SUCCEEDED ? 0 : 1);
        }
    }

    @Test
    void doesNotWaitForRowsThatSomebodyHolds() throws SQLException {
        tables.add("SUCCEEDED", 10);
        tables.add("DELETED", 10);
        try (var somebody = tables.database.getConnection(); var statement = somebody.createStatement()) {
            somebody.setAutoCommit(false);
            statement.execute("select from millrace_jobs.jobrunr_jobs where id in ('%s', '%s') for update"
                    .formatted(tables.someId("SUCCEEDED"), tables.someId("DELETED")));

            assertThat(retention.deleteSucceeded(minutesAgo(59))).isEqualTo(new Turns.Turn(9, true));
            assertThat(retention.purge(StateName.DELETED, minutesAgo(59))).isEqualTo(new Turns.Turn(9, true));
            somebody.commit();
        }
        assertThat(retention.purge(StateName.DELETED, minutesAgo(59)).rows()).isEqualTo(1);
    }

    @Test
    void leavesRowsOfAnotherShapeToJobRunrOrParksThem() {
        tables.add("SUCCEEDED", 3);
        var odd = spoil("jsonb_set(jobAsJson::jsonb, '{jobName}', '\"nul\"')::text", "\"nul\"", "\"\\u0000\"");
        var broken = spoil("'{'", "", "");

        var left = tables.store.getJobList(StateName.SUCCEEDED, minutesAgo(59), AmountBasedList.ascOnUpdatedAt(10));

        assertThat(left).singleElement().satisfies(job -> assertThat(job.getId()).isEqualTo(odd));
        assertThat(tables.count("DELETED")).isEqualTo(1);
        assertThat(tables.someId("FAILED")).isEqualTo(broken);
    }

    @Test
    void endsItsTurnAfterTwoSecondsAndGoesOnAtTheNext() {
        tables.add("DELETED", 4 * AT_ONCE + 1);
        var slow = new Retention(tables.database, tables.schema, TurnsTest.ofBatchesThatTake(Duration.ofMillis(700)));

        assertThat(slow.purge(StateName.DELETED, minutesAgo(59))).as("the third batch ended after 2.1 s")
                .isEqualTo(new Turns.Turn(3 * AT_ONCE, false));
        assertThat(slow.purge(StateName.DELETED, minutesAgo(59))).isEqualTo(new Turns.Turn(AT_ONCE + 1, true));
    }

    @Test
    void getsThroughTenThousandsInTurns() {
        tables.add("DELETED", 100 * AT_ONCE);

        int deleted = 0;
        while (tables.count("DELETED") > 0) {
            deleted += tables.store.deleteJobsPermanently(StateName.DELETED, minutesAgo(59));
        }

        assertThat(deleted).isEqualTo(100 * AT_ONCE);
        assertThat(tables.store.getJobStats().getDeleted()).isZero();
    }

    private UUID spoil(String json, String what, String with) {
        var id = UUID.fromString(tables.jdbc.sql("""
                                                 select id from millrace_jobs.jobrunr_jobs
                                                 where state = 'SUCCEEDED' and jobSignature = 'x' limit 1
                                                 """).query(String.class).single());
        tables.jdbc.sql("""
                        update millrace_jobs.jobrunr_jobs
                        set jobSignature = 'spoilt', jobAsJson = case when '%2$s' = '' then %1$s
                                                                      else replace(%1$s, '%2$s', '%3$s') end
                        where id = '%4$s'
                        """.formatted(json, what, with, id)).update();
        return id;
    }

    private Instant minutesAgo(int minutes) {
        return clock.instant().minus(Duration.ofMinutes(minutes));
    }
}
