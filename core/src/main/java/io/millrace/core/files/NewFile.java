package io.millrace.core.files;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a file before its content comes.
 *
 * @param name
 *            1 to 255 characters without NUL
 * @param contentType
 *            1 to 255 characters without NUL, or null if nothing is known
 * @param owner
 *            the id of the API key whose quota it counts to; null for nobody's
 * @param announced
 *            how many bytes its content will have, which are counted at once; 0 if that is not known
 * @param expiresIn
 *            how long it stays once it is there; null for what the settings say
 */
public record NewFile(String name, @Nullable String contentType, @Nullable String owner, long announced,
        @Nullable Duration expiresIn) {

    /** Nobody's, and of unknown length. */
    public static NewFile called(String name, @Nullable String contentType) {
        return new NewFile(name, contentType, null, 0, null);
    }
}
