package io.millrace.core.cache;

import java.time.Clock;
import java.util.random.RandomGenerator;

import com.github.benmanes.caffeine.cache.Ticker;

/** The cache of a process without Redis, for tests of what it stands before. */
public final class MemoryAlone {

    private MemoryAlone() {
    }

    public static CacheInvalidation invalidation() {
        var memory = new MemoryLevel(CacheNode.SETTINGS, Clock.systemUTC(), Ticker.systemTicker());
        return new CacheInvalidation(new TwoLevelCache(memory, new NoSharedLevel(), CacheNode.SETTINGS,
                Clock.systemUTC(), RandomGenerator.getDefault()), null);
    }
}
