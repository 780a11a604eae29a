package io.millrace.core.files;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * How far an upload in several requests has come.
 *
 * @param id
 *            also that of the file
 * @param owner
 *            who began it
 * @param length
 *            bytes there will be
 * @param received
 *            bytes that are surely kept; all of them only once the file is there
 * @param metadata
 *            what its creator gave with it
 * @param process
 *            what is to become of the file
 * @param jobId
 *            the job that was queued with the file; null before that, and if none was asked for
 * @param expiresAt
 *            when what has come is thrown away, unless more comes; of no meaning once the file is there
 * @param isComplete
 *            whether the file is there
 */
public record ResumableUpload(UUID id, String owner, long length, long received, String metadata, String process,
        @Nullable UUID jobId, Instant expiresAt, boolean isComplete) {
}
