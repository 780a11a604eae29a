package io.millrace.local.servers;

import org.jspecify.annotations.Nullable;

/** Why {@code local} does not start, and what to do about it: one sentence, for the person at the keyboard. */
public final class CannotStart extends RuntimeException {

    private static final long serialVersionUID = 1;

    CannotStart(String sentence) {
        this(sentence, null);
    }

    CannotStart(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
