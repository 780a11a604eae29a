package io.millrace.core.cache;

import java.util.OptionalLong;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/** Where no Redis is configured: each process has its memory alone. */
final class NoSharedLevel implements SharedLevel {

    @Override
    public Lookup<String> lookup(String key, Set<String> tags) {
        return new Lookup<>() {

            @Override
            public @Nullable Entry<String> found() {
                return null;
            }

            @Override
            public boolean keep(Entry<String> loaded) {
                return false;
            }
        };
    }

    @Override
    public OptionalLong drop(Invalidation invalidation) {
        return OptionalLong.of(0);
    }

    @Override
    public Lease lease(String key) {
        return Lease.UNKNOWN;
    }
}
