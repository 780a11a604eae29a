package io.millrace.dashboard.pages;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.millrace.jobs.Schedule;
import io.millrace.jobs.ScheduleOptions;

/**
 * A schedule as its line shows it.
 *
 * @param times
 *            {@code 0 3 * * *} or {@code every 5 min}
 * @param zone
 *            of its cron expression; null where it has none
 * @param next
 *            the next times; none while it is paused
 * @param rules
 *            what it does with times that were missed and jobs that overlap
 */
record ScheduleRow(String id, String type, boolean cron, String times, @Nullable String zone, List<When> next,
        @Nullable When last, @Nullable String lastJob, boolean paused, @Nullable String error, String rules) {

    private static final int NEXT = 3;

    static ScheduleRow of(Schedule schedule, Instant now) {
        var options = schedule.options();
        var cron = options.cron();
        return new ScheduleRow(schedule.id(), schedule.type(), cron != null,
                cron == null ? "every " + HumanText.duration(Objects.requireNonNull(options.every())) : cron,
                cron == null ? null : zone(options), next(schedule, now), When.of(schedule.lastRunAt(), now),
                schedule.lastJobId() == null ? null : String.valueOf(schedule.lastJobId()), options.paused(),
                schedule.error(), rules(options));
    }

    private static String zone(ScheduleOptions options) {
        return options.zone().equals(ZoneOffset.UTC) ? "UTC" : options.zone().getId();
    }

    private static List<When> next(Schedule schedule, Instant now) {
        var next = schedule.nextRunAt();
        return next == null
                ? List.of()
                : schedule.options().timesFrom(next, NEXT).stream().map(time -> When.at(time, now)).toList();
    }

    private static String rules(ScheduleOptions options) {
        var missed = switch (options.missedRuns()) {
            case ONCE -> "made up for once";
            case SKIP -> "left out";
            case ALL -> "all made up for";
        };
        return "Missed times are " + missed + "; " + (options.overlap() == ScheduleOptions.Overlap.SKIP
                ? "never two jobs at once."
                : "jobs may overlap.");
    }
}
