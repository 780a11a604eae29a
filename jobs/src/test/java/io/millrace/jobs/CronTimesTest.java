package io.millrace.jobs;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** When a cron expression's jobs are due, above all where clocks are changed; times are written as clocks there show them. */
class CronTimesTest {

    /** The time of day that is left out, then the one that is there twice. */
    @ParameterizedTest
    @CsvSource({
            // Berlin, 02:00 to 03:00
            "0 30 2 * * *, Europe/Berlin, 2026-03-28T12:00+01:00, 2026-03-29T03:00+02:00, 2026-03-30T02:30+02:00",
            "0 30 2 * * *, Europe/Berlin, 2026-10-24T12:00+02:00, 2026-10-25T02:30+02:00, 2026-10-26T02:30+01:00",
            // All of the hour, and an hour of several
            "*/15 2 * * *, Europe/Berlin, 2026-03-28T12:00+01:00, 2026-03-29T03:00+02:00, 2026-03-30T02:00+02:00",
            "0 2-3 * * *, Europe/Berlin, 2026-03-28T12:00+01:00, 2026-03-29T03:00+02:00, 2026-03-30T02:00+02:00",
            "0 */2 * * *, Europe/Berlin, 2026-03-29T00:00+01:00, 2026-03-29T03:00+02:00, 2026-03-29T04:00+02:00",
            "0 */2 * * *, Europe/Berlin, 2026-10-25T00:00+02:00, 2026-10-25T02:00+02:00, 2026-10-25T04:00+01:00",
            "30 2 * * *, America/New_York, 2026-03-07T12:00-05:00, 2026-03-08T03:00-04:00, 2026-03-09T02:30-04:00",
            "30 1 * * *, America/New_York, 2026-10-31T12:00-04:00, 2026-11-01T01:30-04:00, 2026-11-02T01:30-05:00",
            // Half an hour, from 02:00 to 02:30, and back to 01:30
            "15 2 * * *, Australia/Lord_Howe, 2026-10-03T12:00+10:30, 2026-10-04T02:30+11:00, 2026-10-05T02:15+11:00",
            "45 1 * * *, Australia/Lord_Howe, 2026-04-04T12:00+11:00, 2026-04-05T01:45+11:00, 2026-04-06T01:45+10:30",
            // Midnight itself
            "@daily, Africa/Cairo, 2026-04-23T12:00+02:00, 2026-04-24T01:00+03:00, 2026-04-25T00:00+03:00",
            "30 23 * * *, Africa/Cairo, 2026-10-29T12:00+03:00, 2026-10-29T23:30+03:00, 2026-10-30T23:30+02:00",
            "@daily, America/Asuncion, 2023-09-30T12:00-04:00, 2023-10-01T01:00-03:00, 2023-10-02T00:00-03:00",
            // A day that was left out
            "0 12 * * *, Pacific/Apia, 2011-12-29T00:00-10:00, 2011-12-29T12:00-10:00, 2011-12-31T00:00+14:00"})
    void areOnceADayWhereATimeOfTheDayIsNamed(String cron, String zone, String after, String first, String second) {
        assertThat(times(cron, zone, after, 2)).containsExactly(at(first), at(second));
    }

    @Test
    void areInBothHoursWhereTheHourIsOpen() {
        assertThat(times("*/15 * * * *", "Europe/Berlin", "2026-10-25T01:45+02:00", 9)).containsExactly(
                at("2026-10-25T02:00+02:00"), at("2026-10-25T02:15+02:00"), at("2026-10-25T02:30+02:00"),
                at("2026-10-25T02:45+02:00"), at("2026-10-25T02:00+01:00"), at("2026-10-25T02:15+01:00"),
                at("2026-10-25T02:30+01:00"), at("2026-10-25T02:45+01:00"), at("2026-10-25T03:00+01:00"));
        assertThat(times("45 * * * *", "Australia/Lord_Howe", "2026-04-05T01:00+11:00", 3)).containsExactly(
                at("2026-04-05T01:45+11:00"), at("2026-04-05T01:45+10:30"), at("2026-04-05T02:45+10:30"));
    }

    @Test
    void goOnAfterTheGapWhereTheHourIsOpen() {
        assertThat(times("*/15 * * * *", "America/New_York", "2026-03-08T01:30-05:00", 3)).containsExactly(
                at("2026-03-08T01:45-05:00"), at("2026-03-08T03:00-04:00"), at("2026-03-08T03:15-04:00"));
        assertThat(times("30 0-23 * * *", "Europe/Berlin", "2026-03-29T01:00+01:00", 2)).containsExactly(
                at("2026-03-29T01:30+01:00"), at("2026-03-29T03:30+02:00"));
        assertThat(times("0 * * * *", "Australia/Lord_Howe", "2026-10-04T01:00+10:30", 1))
                .containsExactly(at("2026-10-04T03:00+11:00"));
    }

    /** Whatever instant one asks after, it is the first of the same times: none is forgotten, none comes twice. */
    @ParameterizedTest
    @ValueSource(strings = {"*/10 * * * *", "*/10 1-3 * * *", "5,35 2 * * *", "0 0 * * *", "0 */3 * * *"})
    void areTheSameFromWhereverOneLooks(String cron) {
        for (var zone : List.of("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo")) {
            var rules = ZoneId.of(zone).getRules();
            var change = Instant.parse("2026-01-01T00:00:00Z");
            for (int i = 0; i < 2; i++) {
                change = rules.nextTransition(change).getInstant();
                var times = new CronTimes(CronPattern.parse(cron), rules);
                var start = change.minusSeconds(6 * 3_600);
                var all = times(cron, zone, start.toString(), 80);
                for (var time = start; time.isBefore(change.plusSeconds(6 * 3_600)); time = time.plusSeconds(150)) {
                    var after = time;
                    assertThat(times.next(after)).as("%s in %s after %s", cron, zone, after).hasValue(
                            all.stream().filter(due -> due.isAfter(after)).findFirst().orElseThrow());
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"0 7 * * MON-FRI | 2026-11-27T07:00 | 2026-11-30T07:00",
            "0 7 * * 1-5 | 2026-11-27T07:00 | 2026-11-30T07:00",
            "15,45 8 1 JAN,JUL * | 2027-01-01T08:15 | 2027-01-01T08:45",
            "*/20 5-6 * * 7 | 2026-11-29T05:00 | 2026-11-29T05:20",
            "*/20 5-6 * * 0 | 2026-11-29T05:00 | 2026-11-29T05:20",
            "0 0 L * * | 2026-11-30T00:00 | 2026-12-31T00:00", "0 0 LW * * | 2026-11-30T00:00 | 2026-12-31T00:00",
            "0 0 1W * * | 2026-12-01T00:00 | 2027-01-01T00:00", "0 0 ? * 5L | 2026-11-27T00:00 | 2026-12-25T00:00",
            "0 0 ? * MON#2 | 2026-12-14T00:00 | 2027-01-11T00:00",
            "10 0 12 * * ? | 2026-11-26T12:00:10 | 2026-11-27T12:00:10",
            "@hourly | 2026-11-26T09:00 | 2026-11-26T10:00", "@Weekly | 2026-11-29T00:00 | 2026-12-06T00:00",
            "@monthly | 2026-12-01T00:00 | 2027-01-01T00:00", "@yearly | 2027-01-01T00:00 | 2028-01-01T00:00",
            // Of the day of the month and that of the week, either is enough; not where one begins with a star.
            "0 0 13 * FRI | 2026-11-27T00:00 | 2026-12-04T00:00",
            "0 0 27,28 * SAT | 2026-11-27T00:00 | 2026-11-28T00:00",
            "0 0 */2 * FRI | 2026-11-27T00:00 | 2026-12-11T00:00",
            "0 0 29 2 * | 2028-02-29T00:00 | 2032-02-29T00:00"})
    void areWhatCrontabSays(String cron, String first, String second) {
        assertThat(times(cron, "UTC", "2026-11-26T08:30Z", 2)).containsExactly(at(first + "Z"), at(second + "Z"));
    }

    @Test
    void passOverACenturyWithoutLeapYear() {
        assertThat(times("0 0 29 2 *", "UTC", "2096-03-01T00:00Z", 1)).containsExactly(at("2104-02-29T00:00Z"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"0 0 30 2 * | day that exists", "0 0 31 4,6,9,11 ? | day that exists",
            "0 0 30 2 1#1 | day that exists", "* * * * | five fields", "* * * * * * * | five fields",
            "'' | five fields",
            "@reboot | five fields", "60 * * * * | has a minute", "* 24 * * * | has a hour",
            "* * 0 * * | has a day of month",
            "* * * 13 * | has a month", "* * * * 8 | has a day of week", "* * * * FRY | has a day of week",
            "5-1 * * * * | has a minute", "*/0 * * * * | has a minute", "? * * * * | has a minute",
            "60 * * * * * | has a second", "a * * * * | has a minute", "0 0 * * MON#6 | day that exists"})
    void refuseWhatNamesNoTime(String cron, String remedy) {
        assertThatExceptionOfType(InvalidSchedule.class).isThrownBy(() -> CronPattern.parse(cron))
                .matches(refused -> refused.field().equals("cron"), "names the field")
                .extracting(InvalidSchedule::remedy).asString().contains(remedy);
    }

    private static List<Instant> times(String cron, String zone, String after, int count) {
        var times = new CronTimes(CronPattern.parse(cron), ZoneId.of(zone).getRules());
        var found = new ArrayList<Instant>();
        var last = at(after);
        for (int i = 0; i < count; i++) {
            last = times.next(last).orElseThrow();
            found.add(last);
        }
        return found;
    }

    private static Instant at(String time) {
        return OffsetDateTime.parse(time).toInstant();
    }
}
