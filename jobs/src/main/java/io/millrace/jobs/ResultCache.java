package io.millrace.jobs;

import java.util.Optional;
import java.util.UUID;

/**
 * A fast place beside the database for {@link JobResults}. An implementation never throws and never waits long: when its
 * server is gone it answers empty and drops what it is given.
 */
public interface ResultCache {

    Optional<JobResults.JobResult> get(UUID jobId);

    /** Keeps the result until it expires, or shorter, unless it has a newer one of the same job. */
    void put(UUID jobId, JobResults.JobResult result);

    /** Keeps nothing of this job any more, as far as its server can be reached. */
    void forget(UUID jobId);
}
