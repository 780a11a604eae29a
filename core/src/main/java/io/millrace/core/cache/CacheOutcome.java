package io.millrace.core.cache;

import java.util.Locale;

/** Where a cached value came from, the fastest first. */
public enum CacheOutcome {

    /** This process' memory. */
    LOCAL,

    /** Redis. */
    SHARED,

    /** It was loaded. */
    MISS;

    private final String text = name().toLowerCase(Locale.ROOT);

    /** As metrics and headers say it: in lower case. */
    public String text() {
        return text;
    }
}
