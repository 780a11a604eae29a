package io.millrace.jobs;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A schedule as it stands.
 *
 * @param payload
 *            of each of its jobs, as JSON
 * @param nextRunAt
 *            null while it is paused
 * @param lastRunAt
 *            when it last put a job into the queue, or was told to; null before
 * @param lastJobId
 *            that job, which may be gone by now
 * @param error
 *            why the job that is due cannot be put into the queue, which is tried again every minute; null if it can
 * @param updatedAt
 *            when it was created, replaced, paused or resumed
 */
public record Schedule(String id, String type, String payload, ScheduleOptions options, @Nullable Instant nextRunAt,
        @Nullable Instant lastRunAt, @Nullable UUID lastJobId, @Nullable String error, Instant createdAt,
        Instant updatedAt) {
}
