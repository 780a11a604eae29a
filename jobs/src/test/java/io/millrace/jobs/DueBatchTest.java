package io.millrace.jobs;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.millrace.jobs.ScheduleOptions.MissedRuns;
import io.millrace.jobs.sample.ShipOrder;

import static org.assertj.core.api.Assertions.assertThat;

/** After an outage, what all schedules have to make up for comes in several transactions. */
class DueBatchTest extends SchedulesUnderTest {

    @Test
    void isOfAThousandJobsAtMost() {
        put("s0", HOURLY.withMissedRuns(MissedRuns.ALL));
        copies(24);
        clock.set(NOON.plus(Duration.ofDays(10)));

        assertThat(due.enqueue()).isEqualTo(25);

        assertThat(waiting()).hasSize(25 * DueRuns.MOST);
        assertThat(inTransactions("count(*)")).hasSize(3).allMatch(jobs -> jobs <= DueBatch.JOBS);
        assertThat(due.enqueue()).isZero();
    }

    @Test
    void isOfFourMegabytesAtMost() {
        schedules.put("s0", new ShipOrder(7, "x".repeat(100_000)), HOURLY);
        copies(99);
        clock.set(NOON.plus(Duration.ofHours(1)));

        assertThat(due.enqueue()).isEqualTo(100);

        assertThat(waiting()).hasSize(100);
        assertThat(inTransactions("sum(length(jobAsJson))")).hasSize(3)
                .allMatch(length -> length < DueBatch.CHARACTERS + 100_000);
    }

    /** The most that a schedule makes up for counts from the first time that was missed. */
    @Test
    void dividesNoSchedule() {
        schedules.put("s0", new ShipOrder(7, "x".repeat(100_000)), HOURLY.withMissedRuns(MissedRuns.ALL));
        put("s1", HOURLY);
        clock.set(NOON.plus(Duration.ofDays(10)));

        assertThat(due.enqueue()).isEqualTo(2);

        assertThat(inTransactions("count(*)")).containsExactlyInAnyOrder((long) DueRuns.MOST, 1L);
    }

    private void copies(int count) {
        jdbc.sql("""
                 insert into millrace_jobs.job_schedules (id, type, payload, cron, zone, anchor, paused, labels,
                     missed_runs, overlap, next_run_at, look_at, created_at, updated_at)
                 select 's' || number, type, payload, cron, zone, anchor, paused, labels, missed_runs, overlap,
                     next_run_at, look_at, created_at, updated_at
                 from millrace_jobs.job_schedules, generate_series(1, ?) number
                 """).param(count).update();
    }

    private List<Long> inTransactions(String what) {
        return jdbc.sql("select %s from millrace_jobs.jobrunr_jobs group by xmin::text".formatted(what))
                .query((row, number) -> row.getLong(1)).list();
    }
}
