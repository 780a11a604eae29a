package io.millrace.core.files;

import org.jspecify.annotations.Nullable;

/** The process cannot start: what the settings say of the store of contents cannot work. */
final class UnusableContentStore extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String action;

    UnusableContentStore(String message, String action, @Nullable Throwable cause) {
        super(message, cause);
        this.action = action;
    }

    /** What to do about it. */
    String action() {
        return action;
    }
}
