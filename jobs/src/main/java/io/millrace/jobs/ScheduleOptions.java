package io.millrace.jobs;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * When a schedule puts its job into the queue, and how. Start from {@link #cron} or {@link #every} and use the {@code with}
 * methods.
 *
 * @param cron
 *            five fields as crontab(5) has them, or six with the second first, with names, lists, ranges and steps, {@code L},
 *            {@code W} and {@code #}; or {@code @hourly}, {@code @daily}, {@code @weekly}, {@code @monthly}, {@code @yearly}. Where both
 *            the day of the month and the day of the week are restricted, either is enough. Null where {@code every} is given
 * @param every
 *            from 1 s to 3650 days, in whole milliseconds, counted from the creation on, whatever the runs take and clocks show; the first
 *            time after one of them. Null where {@code cron} is given
 * @param zone
 *            of {@code cron}. Where its clocks are changed, each time of the day that an expression names is due once: one that is left out
 *            right after the gap, one that is there twice at the first. An expression that leaves the hour open goes on as clocks show
 * @param paused
 *            whether it waits for somebody to let it go on; what would have been due until then is not made up for
 * @param queue
 *            as of {@link EnqueueOptions}; null for the job type's, at the time of the run
 * @param priority
 *            the same
 * @param maxAttempts
 *            the same
 * @param labels
 *            of each job; {@code schedule:<id>} comes beside them where there is room
 * @param createdBy
 *            who has created or replaced it, such as the id of an API key; null if nobody knows
 */
public record ScheduleOptions(@Nullable String cron, @Nullable Duration every, ZoneId zone, boolean paused,
        @Nullable String queue, @Nullable Integer priority, @Nullable Integer maxAttempts, List<String> labels,
        MissedRuns missedRuns, Overlap overlap, @Nullable String createdBy) {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final int MOST_LABELS = 3;
    private static final int LONGEST_LABEL = 45;

    /**
     * What becomes of times at which nobody could put the job into the queue: those that are more than
     * {@code millrace.jobs.schedules.missed-after} ago. What is later than it should be, but not that late, is not missed.
     */
    public enum MissedRuns {
        /** One job is queued for all of them. */
        ONCE,
        /** None is. */
        SKIP,
        /** One for each, at most 100. */
        ALL
    }

    /** What happens at a time at which the job of the time before has not ended, its further attempts included. */
    public enum Overlap {
        /** Another is queued. */
        ALLOW,
        /** None is, at that time. */
        SKIP
    }

    /**
     * Checks what is said above.
     *
     * @throws InvalidSchedule
     *             naming the field that does not fit
     * @throws InvalidEnqueueOption
     *             where it is one that every job can have
     */
    public ScheduleOptions {
        labels = List.copyOf(labels);
        InvalidSchedule.check("cron", cron == null || every == null, "must not stand beside every");
        InvalidSchedule.check("cron", cron != null || every != null, "is missing; give it, or every");
        if (cron != null) {
            CronPattern.parse(cron);
        }
        InvalidSchedule.check("every",
                every == null || (every.compareTo(SHORTEST) >= 0 && every.compareTo(EnqueueOptions.LONGEST) <= 0
                        && every.toNanosPart() % 1_000_000 == 0),
                "must be from PT1S to P3650D, in whole milliseconds");
        enqueueOptions(queue, priority, maxAttempts, labels);
    }

    /**
     * At the times of a cron expression.
     *
     * @throws InvalidSchedule
     *             if it cannot be read or names no time at all
     */
    public static ScheduleOptions cron(String expression, ZoneId zone) {
        return new ScheduleOptions(expression, null, zone, false, null, null, null, List.of(), MissedRuns.ONCE,
                Overlap.ALLOW, null);
    }

    /**
     * Every so often.
     *
     * @throws InvalidSchedule
     *             if it is too short or too long
     */
    public static ScheduleOptions every(Duration interval) {
        return new ScheduleOptions(null, interval, ZoneOffset.UTC, false, null, null, null, List.of(), MissedRuns.ONCE,
                Overlap.ALLOW, null);
    }

    public ScheduleOptions withPaused(boolean newPaused) {
        return new ScheduleOptions(cron, every, zone, newPaused, queue, priority, maxAttempts, labels, missedRuns,
                overlap, createdBy);
    }

    public ScheduleOptions withMissedRuns(MissedRuns newMissedRuns) {
        return new ScheduleOptions(cron, every, zone, paused, queue, priority, maxAttempts, labels, newMissedRuns,
                overlap, createdBy);
    }

    public ScheduleOptions withOverlap(Overlap newOverlap) {
        return new ScheduleOptions(cron, every, zone, paused, queue, priority, maxAttempts, labels, missedRuns,
                newOverlap, createdBy);
    }

    public ScheduleOptions withQueue(String newQueue) {
        return new ScheduleOptions(cron, every, zone, paused, newQueue, priority, maxAttempts, labels, missedRuns,
                overlap, createdBy);
    }

    public ScheduleOptions withLabels(List<String> newLabels) {
        return new ScheduleOptions(cron, every, zone, paused, queue, priority, maxAttempts, newLabels, missedRuns,
                overlap, createdBy);
    }

    /**
     * One of its times and those that follow it, for somebody who wants to see them.
     *
     * @param time
     *            as {@link Schedule#nextRunAt} says; from any other, an interval would be counted anew
     * @param most
     *            how many, at most: it has fewer where it ends
     */
    public List<Instant> timesFrom(Instant time, int most) {
        var recurrence = Recurrence.of(this, time);
        return Stream.iterate(Optional.of(time), Optional::isPresent, last -> last.flatMap(recurrence::next))
                .flatMap(Optional::stream).limit(most).toList();
    }

    /** Of each job of the schedule of this id. */
    EnqueueOptions enqueueOptions(String id) {
        var ours = "schedule:" + id;
        var all = new ArrayList<>(labels);
        if (labels.size() < MOST_LABELS && ours.length() <= LONGEST_LABEL) {
            all.add(ours);
        }
        var options = enqueueOptions(queue, priority, maxAttempts, all);
        return createdBy == null ? options : options.withEnqueuedBy(createdBy);
    }

    private static EnqueueOptions enqueueOptions(@Nullable String queue, @Nullable Integer priority,
            @Nullable Integer maxAttempts, List<String> labels) {
        var options = EnqueueOptions.DEFAULTS.withLabels(labels);
        options = queue == null ? options : options.withQueue(queue);
        options = priority == null ? options : options.withPriority(priority);
        return maxAttempts == null ? options : options.withMaxAttempts(maxAttempts);
    }

    /** Whether it is due at the same times. */
    boolean hasTimesOf(ScheduleOptions other) {
        return Objects.equals(cron, other.cron) && Objects.equals(every, other.every)
                && zone.equals(other.zone);
    }
}
