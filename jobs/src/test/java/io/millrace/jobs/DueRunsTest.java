package io.millrace.jobs;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.millrace.jobs.ScheduleOptions.MissedRuns;

import static org.assertj.core.api.Assertions.assertThat;

/** What a schedule makes up for. */
class DueRunsTest {

    private static final Instant DUE = Instant.parse("2026-11-26T12:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @ParameterizedTest
    @CsvSource({
            // In time, late, and just as late as is not missed
            "PT0S, PT1H, ONCE, 1", "PT59S, PT1H, SKIP, 1", "PT1M, PT1H, SKIP, 1",
            // Missed
            "PT1M1S, PT1H, SKIP, 0", "PT1M1S, PT1H, ONCE, 1", "PT1M1S, PT1H, ALL, 1", "PT10H, PT1H, ONCE, 1",
            "PT10H30M, PT1H, SKIP, 0", "PT10H30M, PT1H, ALL, 11", "PT1000H, PT1H, ALL, 100",
            // The last one is not missed
            "PT10H, PT1H, SKIP, 1", "PT10H1M, PT1H, SKIP, 1",
            // A moment's pause loses none
            "PT3.5S, PT1S, ONCE, 4", "PT3.5S, PT1S, SKIP, 4", "PT10M, PT1S, ONCE, 1", "PT10M, PT1S, SKIP, 1"})
    void areSoMany(Duration late, Duration every, MissedRuns policy, int jobs) {
        var times = new Recurrence.FixedInterval(DUE.minus(every), every);
        var now = DUE.plus(late);

        var runs = DueRuns.at(now, DUE, times, MINUTE, policy);

        assertThat(runs.jobs()).isEqualTo(jobs);
        assertThat(runs.next().orElseThrow()).isAfter(now).isBeforeOrEqualTo(now.plus(every));
    }

    @Test
    void keepTheGridHoweverLateTheyAre() {
        var times = new Recurrence.FixedInterval(DUE.minus(MINUTE), MINUTE);

        assertThat(DueRuns.at(DUE.plusMillis(90_123), DUE, times, MINUTE, MissedRuns.ONCE).next())
                .hasValue(DUE.plusSeconds(120));
    }

    /** Also where each second of a year was missed. */
    @Test
    void areSoonCounted() {
        var times = new CronTimes(CronPattern.parse("* * * * * *"), ZoneId.of("UTC").getRules());

        assertThat(DueRuns.at(DUE.plus(Duration.ofDays(365)), DUE, times, MINUTE, MissedRuns.ALL).jobs())
                .isEqualTo(DueRuns.MOST);
    }
}
