package io.millrace.api.files;

import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import io.millrace.core.files.StoredFile;

/**
 * The answer to an upload.
 *
 * @param jobId
 *            what processes it; absent if nothing was asked for
 */
record ReceivedFile(StoredFile file, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable UUID jobId) {
}
