package io.millrace.core.files;

import org.jspecify.annotations.Nullable;

/** The store that holds contents cannot be used now. What was being uploaded is not kept; the same may succeed later. */
public final class ContentUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1;

    ContentUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
