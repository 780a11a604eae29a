package io.millrace.api.schedules;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonRawValue;
import org.jspecify.annotations.Nullable;

import io.millrace.jobs.Schedule;

/**
 * A schedule as callers see it; what it has not, and what is the job type's, is null.
 *
 * @param payload
 *            JSON as it was sent
 * @param error
 *            why the job that is due cannot be queued
 */
record ScheduleView(String id, @Nullable String cron, @Nullable Duration every, String zone, String type,
        @JsonRawValue String payload, boolean paused, @Nullable String queue, @Nullable Integer priority,
        @Nullable Integer maxAttempts, List<String> labels, String missedRuns, String overlap,
        @Nullable Instant nextRunAt, @Nullable Instant lastRunAt, @Nullable UUID lastJobId, @Nullable String error,
        Instant createdAt, Instant updatedAt) {

    static ScheduleView of(Schedule schedule) {
        var options = schedule.options();
        return new ScheduleView(schedule.id(), options.cron(), options.every(), options.zone().getId(),
                schedule.type(), schedule.payload(), options.paused(), options.queue(), options.priority(),
                options.maxAttempts(), options.labels(), WantedSchedule.word(options.missedRuns()),
                WantedSchedule.word(options.overlap()), schedule.nextRunAt(), schedule.lastRunAt(),
                schedule.lastJobId(), schedule.error(), schedule.createdAt(), schedule.updatedAt());
    }
}
