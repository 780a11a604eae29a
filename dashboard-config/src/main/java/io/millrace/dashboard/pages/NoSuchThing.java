package io.millrace.dashboard.pages;

import org.jspecify.annotations.Nullable;

/** An address names something that is not there, or not any more. */
final class NoSuchThing extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** {@code sentence}: for whoever sees the page. */
    NoSuchThing(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
