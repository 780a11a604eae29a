package io.millrace.api.jobs;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import org.jspecify.annotations.Nullable;

import io.millrace.jobs.JobStatus;

/**
 * A job as callers see it. Fields without a value are null; {@code result} alone is left out, because null is a result
 * too.
 *
 * @param enqueuedBy
 *            the id of the API key it came with; null where it came otherwise
 * @param result
 *            JSON as the handler's answer was stored
 */
record JobView(UUID id, String type, String queue, int priority, JobStatus.State state, int attempt, int maxAttempts,
        Instant createdAt, @Nullable Instant scheduledAt, @Nullable Instant startedAt, @Nullable Instant finishedAt,
        JobStatus.@Nullable Progress progress, JobStatus.@Nullable Failure error, List<String> labels,
        @Nullable String enqueuedBy,
        @JsonRawValue @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String result) {

    static JobView of(JobStatus job, @Nullable String result) {
        return new JobView(job.id(), job.type(), job.queue(), job.priority(), job.state(), job.attempt(),
                job.maxAttempts(), job.createdAt(), job.scheduledAt(), job.startedAt(), job.finishedAt(),
                job.progress(), job.error(), job.labels(), job.enqueuedBy(), result);
    }
}
