package io.millrace.core.cache;

import java.util.OptionalLong;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/** Where no Redis is configured: each process has its memory alone. */
final class NoSharedLevel implements SharedLevel {

    @Override
    public SharedLookup lookup(String key, Set<String> tags) {
        return Nothing.FOUND;
    }

    @Override
    public OptionalLong drop(Invalidation invalidation) {
        return OptionalLong.of(0);
    }

    /** What is found, kept and leased where there is no Redis to ask. */
    enum Nothing implements SharedLookup {
        FOUND;

        @Override
        public @Nullable Entry<String> found() {
            return null;
        }

        @Override
        public boolean canKeep() {
            return false;
        }

        @Override
        public boolean keep(Entry<String> loaded) {
            return false;
        }

        @Override
        public Lease lease() {
            return Lease.unknown();
        }
    }
}
