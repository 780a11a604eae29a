package io.millrace.jobs;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.ScheduleOptions.MissedRuns;
import io.millrace.jobs.ScheduleOptions.Overlap;
import io.millrace.jobs.sample.ShipOrder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Recurring jobs as services create, change and run them. */
class JobSchedulesTest extends SchedulesUnderTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void runTheirJobAtEachTime() {
        put("ships", HOURLY.withQueue("harbour").withLabels(List.of("fleet")));

        assertThat(drain.drainAll()).isEmpty();
        clock.set(NOON.plus(HOUR));
        var first = drain.drainAll();
        assertThat(drain.drainAll()).isEmpty();
        clock.set(NOON.plus(HOUR.multipliedBy(2)));
        var second = drain.drainAll();

        assertThat(first).hasSize(1).allMatch(job -> job.state() == State.SUCCEEDED && job.queue().equals("harbour")
                && job.labels().equals(List.of("fleet", "schedule:ships")), "its queue and labels");
        assertThat(second).hasSize(1).doesNotContainAnyElementsOf(first);
        var schedule = find("ships");
        assertThat(schedule.lastJobId()).isEqualTo(second.getFirst().id());
        assertThat(schedule.nextRunAt()).isEqualTo(NOON.plus(HOUR.multipliedBy(3)));
        assertThat(schedule.lastRunAt()).isBetween(NOON.plus(HOUR.multipliedBy(2)),
                NOON.plus(HOUR.multipliedBy(2)).plus(MINUTE));
    }

    @Test
    void areCreatedThenReplaced() {
        var created = schedules.put("ships", new ShipOrder(7, "somewhere"), HOURLY);
        var replaced = schedules.put("ships", "ship-order", "{\"orderId\": 8, \"address\": \"elsewhere\"}",
                ScheduleOptions.cron("0 0 * * *", ZoneId.of("UTC")));

        assertThat(created.isNew()).isTrue();
        assertThat(replaced.isNew()).isFalse();
        assertThat(created.schedule().nextRunAt()).isEqualTo(NOON.plus(HOUR));
        assertThat(replaced.schedule().nextRunAt()).isEqualTo(NOON.plus(HOUR.multipliedBy(12)));
        assertThat(replaced.schedule().createdAt()).isEqualTo(created.schedule().createdAt());
        assertThat(find("ships")).isEqualTo(replaced.schedule());
    }

    /** A service may put its schedules at each of its starts. */
    @Test
    void stayDueWhereTheyAreReplacedByTheSameTimes() {
        put("ships", HOURLY);
        clock.set(NOON.plus(HOUR).plusSeconds(30));

        assertThat(put("ships", HOURLY.withLabels(List.of("new"))).nextRunAt()).isEqualTo(NOON.plus(HOUR));

        assertThat(drain.drainAll()).hasSize(1);
    }

    @Test
    void keepTheGridOfTheirIntervalHoweverLateTheyRun() {
        var created = put("ships", ScheduleOptions.every(Duration.ofMinutes(10))).createdAt();

        assertThat(queuedAt(created.plus(Duration.ofMinutes(10).plusSeconds(17)))).isEqualTo(1);
        assertThat(find("ships").nextRunAt()).isEqualTo(created.plus(Duration.ofMinutes(20)));
        assertThat(put("ships", ScheduleOptions.every(Duration.ofMinutes(10)).withQueue("harbour")).nextRunAt())
                .isEqualTo(created.plus(Duration.ofMinutes(20)));
        schedules.pause("ships");
        assertThat(schedules.resume("ships").orElseThrow().nextRunAt()).isEqualTo(created.plus(Duration.ofMinutes(20)));
    }

    @Test
    void makeUpForNothingThatCameWhileTheyWerePaused() {
        put("ships", HOURLY.withMissedRuns(MissedRuns.ALL));

        assertThat(schedules.pause("ships").orElseThrow().nextRunAt()).isNull();
        assertThat(queuedAt(NOON.plus(HOUR.multipliedBy(5)).plusSeconds(1))).isZero();
        assertThat(schedules.resume("ships").orElseThrow().nextRunAt()).isEqualTo(NOON.plus(HOUR.multipliedBy(6)));

        due.enqueue();
        assertThat(waiting()).isEmpty();
        assertThat(schedules.pause("unknown")).isEmpty();
    }

    @Test
    void makeUpForMissedRunsAsTheySay() {
        put("once", HOURLY);
        put("skip", HOURLY.withMissedRuns(MissedRuns.SKIP));
        put("all", HOURLY.withMissedRuns(MissedRuns.ALL));

        clock.set(NOON.plus(HOUR.multipliedBy(5)).plus(MINUTE.multipliedBy(2)));
        var labels = drain.drainAll().stream().flatMap(job -> job.labels().stream()).sorted().toList();

        assertThat(labels).containsExactly("schedule:all", "schedule:all", "schedule:all", "schedule:all",
                "schedule:all", "schedule:once");
        assertThat(List.of(find("once"), find("skip"), find("all"))).extracting(Schedule::nextRunAt)
                .containsOnly(NOON.plus(HOUR.multipliedBy(6)));
    }

    @Test
    void wouldRatherSkipThanOverlapWhereTheySaySo() {
        put("alone", HOURLY.withOverlap(Overlap.SKIP));
        assertThat(queuedAt(NOON.plus(HOUR))).isEqualTo(1);
        var first = find("alone").lastJobId();

        assertThat(queuedAt(NOON.plus(HOUR.multipliedBy(2)))).isEqualTo(1);
        assertThat(schedules.runNow("alone")).hasValue(first);
        assertThat(find("alone").nextRunAt()).isEqualTo(NOON.plus(HOUR.multipliedBy(3)));
        assertThat(drain.drainAll()).hasSize(1);

        assertThat(queuedAt(NOON.plus(HOUR.multipliedBy(3)))).isEqualTo(1);
        assertThat(find("alone").lastJobId()).isNotEqualTo(first);
    }

    @Test
    void overlapOtherwise() {
        put("ships", HOURLY);

        assertThat(queuedAt(NOON.plus(HOUR))).isEqualTo(1);
        assertThat(queuedAt(NOON.plus(HOUR.multipliedBy(2)))).isEqualTo(2);
    }

    @Test
    void runWhenTheyAreToldToAndAtTheirTimesAllTheSame() {
        var before = put("ships", HOURLY.withPaused(true));

        var id = schedules.runNow("ships").orElseThrow();

        assertThat(drain.drainAll()).extracting(JobStatus::id).containsExactly(id);
        assertThat(find("ships").lastJobId()).isEqualTo(id);
        assertThat(find("ships").nextRunAt()).isEqualTo(before.nextRunAt());
        assertThat(schedules.runNow("unknown")).isEmpty();
    }

    @Test
    void leaveTheirJobsAloneWhenTheyAreDeleted() {
        put("ships", HOURLY);
        assertThat(queuedAt(NOON.plus(HOUR))).isEqualTo(1);

        assertThat(schedules.delete("ships")).isTrue();

        assertThat(schedules.delete("ships")).isFalse();
        assertThat(schedules.find("ships")).isEmpty();
        assertThat(drain.drainAll()).hasSize(1);
        assertThat(queuedAt(NOON.plus(HOUR.multipliedBy(2)))).isZero();
    }

    @Test
    void changeWithTheCallersTransactionOrNotAtAll() {
        put("ships", HOURLY);

        transactions.executeWithoutResult(status -> {
            put("new", HOURLY);
            schedules.runNow("ships");
            schedules.pause("ships");
            status.setRollbackOnly();
        });

        assertThat(schedules.find("new")).isEmpty();
        assertThat(find("ships").options().paused()).isFalse();
        assertThat(find("ships").lastJobId()).isNull();
        assertThat(waiting()).isEmpty();
    }

    /** One hour is not there in spring, or there twice in autumn; a time of the day comes once. */
    @ParameterizedTest
    @ValueSource(strings = {"2031-03-29T23:00:00Z", "2031-10-25T22:00:00Z"})
    void runOnceADayWhileClocksAreChanged(String start) {
        var berlin = ZoneId.of("Europe/Berlin");
        var midnight = Instant.parse(start);
        clock.set(midnight);
        put("daily", ScheduleOptions.cron("30 2 * * *", berlin));
        put("quarterly", ScheduleOptions.cron("*/15 * * * *", berlin));

        for (int quarter = 1; quarter <= 16; quarter++) {
            queuedAt(midnight.plus(Duration.ofMinutes(15L * quarter)));
        }

        assertThat(jobsOf("daily")).isEqualTo(1);
        assertThat(jobsOf("quarterly")).isEqualTo(16);
    }

    private int jobsOf(String id) {
        return jdbc.sql("select count(*) from millrace_jobs.jobrunr_jobs where jobAsJson like ?")
                .param("%schedule:" + id + "\"%").query(Integer.class).single();
    }

    @Test
    void areListedNewestFirst() {
        for (int i = 0; i < 5; i++) {
            put("s" + i, HOURLY);
        }

        var first = schedules.list(Instant.MAX, "", 2);
        var rest = schedules.list(first.getLast().createdAt(), first.getLast().id(), 10);

        assertThat(first).extracting(Schedule::id).containsExactly("s4", "s3");
        assertThat(rest).extracting(Schedule::id).containsExactly("s2", "s1", "s0");
        assertThat(rest.getLast()).isEqualTo(find("s0"));
    }

    @Test
    void areRefusedWhereNoJobOfTheirsCouldBeQueued() {
        assertThatExceptionOfType(UnknownJobType.class).isThrownBy(() -> schedules.put("x", "ship", "{}", HOURLY));
        assertThatExceptionOfType(InvalidPayload.class)
                .isThrownBy(() -> schedules.put("x", "ship-order", "{}", HOURLY));
        assertThatExceptionOfType(InvalidPayload.class)
                .isThrownBy(() -> schedules.put("x", new ShipOrder(-1, "somewhere"), HOURLY));
        assertThatExceptionOfType(InvalidEnqueueOption.class).isThrownBy(() -> HOURLY.withQueue("No Queue"));
        assertThatExceptionOfType(InvalidSchedule.class)
                .isThrownBy(() -> ScheduleOptions.every(Duration.ofMillis(999)))
                .extracting(InvalidSchedule::field).isEqualTo("every");
        assertThatExceptionOfType(InvalidSchedule.class).isThrownBy(() -> put("no/id", HOURLY))
                .extracting(InvalidSchedule::field).isEqualTo("id");
        assertThat(schedules.list(Instant.MAX, "", 10)).isEmpty();
    }
}
