package io.millrace.jobs;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What a worker does at the times of schedules: many at once, beside others, and where one cannot be queued. */
class DueSchedulesTest extends SchedulesUnderTest {

    private static final Logger LOG = LoggerFactory.getLogger(DueSchedulesTest.class);
    private static final int MANY = 2_000;

    @Test
    void queueOneJobPerScheduleHoweverManyWorkersLookAtOnce() throws Exception {
        putMany();
        clock.set(NOON.plus(Duration.ofHours(1)));
        long start = System.nanoTime();
        try (var workers = Executors.newFixedThreadPool(4)) {
            Callable<Integer> work = due::enqueue;
            int taken = 0;
            for (var done : workers.invokeAll(IntStream.range(0, 4).mapToObj(_ -> work).toList())) {
                taken += done.get();
            }
            assertThat(taken).isEqualTo(MANY);
        }
        LOG.info("the jobs of {} schedules were queued in {}", MANY, Duration.ofNanos(System.nanoTime() - start));

        assertThat(due.enqueue()).isZero();
        assertThat(waiting()).hasSize(MANY);
        assertThat(jdbc.sql("select count(distinct last_job_id) from millrace_jobs.job_schedules where next_run_at = ?")
                .param(NOON.plus(Duration.ofHours(2)).atOffset(ZoneOffset.UTC)).query(Integer.class).single())
                .isEqualTo(MANY);
    }

    private void putMany() {
        put("s0", HOURLY);
        jdbc.sql("""
                 insert into millrace_jobs.job_schedules (id, type, payload, cron, zone, anchor, paused, labels,
                     missed_runs, overlap, next_run_at, look_at, created_at, updated_at)
                 select 's' || number, type, payload, cron, zone, anchor, paused, labels, missed_runs, overlap,
                     next_run_at, look_at, created_at, updated_at
                 from millrace_jobs.job_schedules, generate_series(1, ?) number
                 """).param(MANY - 1).update();
    }

    /** As where a worker is killed between the two. */
    @Test
    void queueNothingWhereTheNextTimeCannotBeWritten() {
        put("ships", HOURLY);
        clock.set(NOON.plus(Duration.ofHours(1)));
        jdbc.sql("""
                 create function millrace_jobs.refuse() returns trigger language plpgsql
                     as $$ begin raise 'as if'; end $$;
                 create trigger refuse before update on millrace_jobs.job_schedules
                     for each row execute function millrace_jobs.refuse()
                 """).update();
        try {
            assertThatExceptionOfType(DataAccessException.class).isThrownBy(due::enqueue);
            assertThat(waiting()).isEmpty();
        } finally {
            jdbc.sql("drop function millrace_jobs.refuse cascade").update();
        }

        assertThat(due.enqueue()).isEqualTo(1);
        assertThat(waiting()).hasSize(1);
    }

    @Test
    void queueTheOthersWhereAPayloadDoesNotFitItsTypeAnyMore() {
        put("broken", HOURLY);
        put("sound", HOURLY);
        jdbc.sql("update millrace_jobs.job_schedules set payload = '{\"orderId\": -1}' where id = 'broken'").update();

        assertThat(queuedAt(NOON.plus(Duration.ofHours(1)))).isEqualTo(1);

        assertThat(find("sound").lastJobId()).isNotNull();
        assertThat(find("broken").error()).contains("ship-order", "address");
        assertThat(find("broken").nextRunAt()).isEqualTo(NOON.plus(Duration.ofHours(1)));
        // Neither hot nor for ever.
        assertThat(due.untilNext().orElseThrow()).isBetween(MINUTE.dividedBy(2), MINUTE);
        assertThat(due.enqueue()).isZero();
        put("broken", HOURLY);
        assertThat(find("broken").error()).isNull();
        assertThat(due.enqueue()).isEqualTo(1);
        assertThat(waiting()).hasSize(2);
    }

    @Test
    void queueTheOthersWhereATimeZoneIsNotThereAnyMore() {
        put("broken", HOURLY);
        put("sound", HOURLY);
        jdbc.sql("update millrace_jobs.job_schedules set zone = 'Mars/Olympus' where id = 'broken'").update();

        assertThat(queuedAt(NOON.plus(Duration.ofHours(1)))).isEqualTo(1);

        assertThat(jdbc.sql("select error from millrace_jobs.job_schedules where id = 'broken'").query(String.class)
                .single()).contains("Mars/Olympus");
    }

    /** Another service's on the same tables, or one of a type that was removed. */
    @Test
    void leaveSchedulesOfUnknownTypesToThoseWhoKnowThem() {
        put("stranger", HOURLY);
        put("known", HOURLY);
        jdbc.sql("update millrace_jobs.job_schedules set type = 'unheard-of' where id = 'stranger'").update();

        assertThat(queuedAt(NOON.plus(Duration.ofHours(1)))).isEqualTo(1);
        due.noteStrangers();
        assertThat(find("stranger").error()).isNull();
        assertThat(due.untilNext().orElseThrow()).isPositive();

        clock.advance(MINUTE.multipliedBy(2));
        due.noteStrangers();
        assertThat(find("stranger").error()).contains("job type");
        assertThat(find("known").error()).isNull();
        jdbc.sql("update millrace_jobs.job_schedules set type = 'ship-order' where id = 'stranger'").update();
        assertThat(due.enqueue()).isEqualTo(1);
        assertThat(find("stranger").error()).isNull();
    }

    @Test
    void passOverAScheduleThatSomebodyChanges() {
        put("held", HOURLY);
        put("free", HOURLY);
        clock.set(NOON.plus(Duration.ofHours(1)));

        transactions.executeWithoutResult(_ -> {
            schedules.pause("held");
            assertThat(due.enqueue()).isEqualTo(1);
        });

        assertThat(due.enqueue()).isZero();
        assertThat(waiting()).hasSize(1);
    }
}
