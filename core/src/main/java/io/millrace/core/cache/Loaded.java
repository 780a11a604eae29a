package io.millrace.core.cache;

import org.jspecify.annotations.Nullable;

/** A value and where it came from. */
record Loaded(@Nullable Object value, CacheOutcome from) {
}
