package io.millrace.core.cache;

/** Where a cached value came from, the fastest first. */
public enum CacheOutcome {

    /** This process' memory. */
    LOCAL,

    /** Redis. */
    SHARED,

    /** It was loaded. */
    MISS
}
