package io.millrace.core.cache;

/** A value that may hold nothing, as a collection may; then it is cached for a shorter time. */
public interface Emptiable {

    /** Whether it holds nothing. No getter, so that it does not show in JSON. */
    boolean holdsNothing();
}
