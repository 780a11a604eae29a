package io.millrace.jobs;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What handlers returned: durable in Postgres before the job shows as SUCCEEDED, for as long as the job type says, and
 * through {@link ResultCache} in memory shared by all nodes. Losing that cache loses nothing but speed. Of a
 * {@code Job<Void>} nothing is stored: that it succeeded is its result.
 */
public interface JobResults {

    /**
     * The result of a job, unless it has none yet, has expired, or never existed. That of a {@code Job<Void>} is found only
     * where its type is known.
     *
     * @throws org.springframework.dao.DataAccessException
     *             if it is not cached and the database cannot be reached
     */
    Optional<JobResult> find(UUID jobId);

    /**
     * A stored result.
     *
     * @param json
     *            what the handler returned, {@code null} if it returned nothing
     */
    record JobResult(String json, Instant expiresAt) {
    }
}
