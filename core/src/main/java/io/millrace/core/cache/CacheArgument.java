package io.millrace.core.cache;

/** An argument of a cached method that is no plain text, number or id. */
public interface CacheArgument {

    /** The same for equal arguments in every process and release, different for different ones. */
    String cacheText();
}
