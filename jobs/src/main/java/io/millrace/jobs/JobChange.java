package io.millrace.jobs;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.UUID;

import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.mappers.JobMapper;
import org.jspecify.annotations.Nullable;

/**
 * What is to be written of a job that has changed, as its row's columns.
 *
 * @param replaces
 *            the version that the row must still have
 * @param result
 *            what its handler returned, kept if the row is written
 */
record JobChange(UUID id, int replaces, String json, String state, LocalDateTime updatedAt,
        @Nullable LocalDateTime scheduledAt, @Nullable NewResult result) {

    /** Of a job whose version has been raised by one for this change. */
    static JobChange of(Job job, JobMapper mapper, @Nullable NewResult result) {
        var scheduledAt = JobHistory.of(job).scheduledAt();
        return new JobChange(job.getId(), job.getVersion() - 1, mapper.serializeJob(job), job.getState().name(),
                LocalDateTime.ofInstant(job.getUpdatedAt(), ZoneOffset.UTC),
                scheduledAt == null ? null : LocalDateTime.ofInstant(scheduledAt, ZoneOffset.UTC), result);
    }
}
