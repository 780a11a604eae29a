package io.millrace.core.files;

import java.security.MessageDigest;

import org.jspecify.annotations.Nullable;

/**
 * What one request brought to an upload.
 *
 * @param isComplete
 *            all of the upload has come; a broken end is of no matter then
 * @param kept
 *            how many bytes of the upload surely are in the store
 * @param sha256
 *            of all bytes up to {@code kept}, or of all if it is complete; null if it is not known
 * @param failure
 *            why reading ended early; null if it did not
 */
record ReceivedBytes(boolean isComplete, long kept, @Nullable MessageDigest sha256, @Nullable Exception failure) {
}
