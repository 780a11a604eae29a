package io.millrace.core.files;

import org.jspecify.annotations.Nullable;

/**
 * An upload to begin.
 *
 * @param owner
 *            who begins it, 1 to 100 characters: nobody else sees it
 * @param name
 *            the file's, 1 to 255 characters without NUL
 * @param contentType
 *            1 to 255 characters without NUL, or null if nothing is known
 * @param length
 *            bytes there will be, from 0
 * @param metadata
 *            to be given back as it is, at most 16,384 characters without NUL
 * @param process
 *            what is to become of the file, 1 to 50 characters
 */
public record NewUpload(String owner, String name, @Nullable String contentType, long length, String metadata,
        String process) {
}
