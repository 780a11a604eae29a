package io.millrace.jobs;

import java.time.Instant;
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
 * @param json
 *            the whole job, or where it {@code moves} only what comes at the end of its history
 * @param result
 *            what its handler returned, kept if the row is written
 * @param error
 *            what the failure says that it brings; null to leave what the row has
 */
record JobChange(UUID id, int replaces, boolean moves, String json, String state, LocalDateTime updatedAt,
        @Nullable LocalDateTime scheduledAt, @Nullable NewResult result, @Nullable String error) {

    /** Of a job whose version has been raised by one for this change. */
    static JobChange of(Job job, JobMapper mapper, @Nullable NewResult result) {
        int replaces = job.getVersion() - 1;
        JobTraces.hideOn(job);
        var line = StoredEnvelope.lacksOneState(job, replaces) ? JobWriter.tryState(job.getJobState()) : null;
        boolean moves = line != null;
        var json = line == null ? mapper.serializeJob(job) : line;
        Instant scheduledAt = JobHistory.of(job).scheduledAt();
        return new JobChange(job.getId(), replaces, moves, json, job.getState().name(), utc(job.getUpdatedAt()),
                scheduledAt == null ? null : utc(scheduledAt), result, ErrorText.of(job));
    }

    private static LocalDateTime utc(Instant time) {
        return LocalDateTime.ofInstant(time, ZoneOffset.UTC);
    }
}
