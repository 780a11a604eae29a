package io.millrace.core.cache;

import java.time.Instant;
import java.util.OptionalLong;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * One level of the cache. What was loaded before an invalidation is never kept after it: a lookup remembers when it began,
 * and {@link Lookup#keep} refuses if anything that concerns its key was dropped since.
 *
 * @param <V>
 *            what it holds: objects in memory, JSON in Redis
 */
interface CacheLevel<V> {

    /** Looks a key up; to be called before the value is loaded from anywhere behind this level. */
    Lookup<V> lookup(String key, Set<String> tags);

    /**
     * Drops entries. From the return on no lookup finds them and no lookup that began before keeps anything of them.
     *
     * @return how many entries it held of these; empty if it could not be reached and nothing was dropped
     */
    OptionalLong drop(Invalidation invalidation);

    /** One look and what may follow it. */
    interface Lookup<V> {

        /** What was there; null for a miss. */
        @Nullable
        Entry<V> found();

        /**
         * Keeps a value that was loaded since the lookup began.
         *
         * @return whether it is kept; not if something that concerns it was dropped meanwhile
         */
        boolean keep(Entry<V> loaded);
    }

    /**
     * A value, which may be null, and the instant from which on it is not answered any more.
     */
    record Entry<V>(@Nullable V value, Instant expiresAt) {
    }
}
