package io.millrace.core.cache;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * The first level: this process' memory. Each invalidation takes a number and is remembered under it for as long as a load
 * may take; a lookup keeps nothing if one that concerns it has a later number than its own beginning.
 */
final class MemoryLevel implements CacheLevel<Object> {

    private static final String SWEEP = "";

    private final Clock clock;
    private final Ticker ticker;
    private final Duration longestLoad;
    private final Cache<String, Held> entries;
    private final ConcurrentHashMap<String, Set<String>> keysByTag = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private final Cache<String, Long> dropped;

    MemoryLevel(CacheSettings settings, Clock clock, Ticker ticker) {
        this.clock = clock;
        this.ticker = ticker;
        this.longestLoad = settings.loadTimeout();
        this.entries = Caffeine.newBuilder().maximumSize(settings.memoryEntries()).ticker(ticker)
                .expireAfter(Expiry.<String, Held>creating(
                        (key, held) -> Duration.between(clock.instant(), held.entry.expiresAt())))
                .executor(Runnable::run).removalListener(this::removed).build();
        // Twice: what is forgotten here must be older than any lookup that may still keep something.
        this.dropped = Caffeine.newBuilder().ticker(ticker).expireAfterWrite(longestLoad.multipliedBy(2)).build();
    }

    @Override
    public Lookup<Object> lookup(String key, Set<String> tags) {
        long number = numbers.get();
        long began = ticker.read();
        var held = entries.getIfPresent(key);
        if (held != null && held.settled && held.entry.expiresAt().isAfter(clock.instant())) {
            return new Found(held.entry);
        }
        return new Missed(key, tags, number, began);
    }

    @Override
    public OptionalLong drop(Invalidation invalidation) {
        long number = numbers.incrementAndGet();
        // First remembered, then removed: what is put in between removes itself before anybody sees it.
        dropped.asMap().merge(switch (invalidation.kind()) {
            case KEY, TAG -> invalidation.line();
            case PATTERN, ALL -> SWEEP;
        }, number, Math::max);
        return OptionalLong
                .of(keysOf(invalidation).stream().filter(key -> entries.asMap().remove(key) != null).count());
    }

    private List<String> keysOf(Invalidation invalidation) {
        return switch (invalidation.kind()) {
            case KEY -> List.of(invalidation.value());
            case TAG -> List.copyOf(keysByTag.getOrDefault(invalidation.value(), Set.of()));
            case PATTERN -> entries.asMap().keySet().stream().filter(key -> invalidation.concerns(key, Set.of()))
                    .toList();
            case ALL -> List.copyOf(entries.asMap().keySet());
        };
    }

    private boolean droppedSince(long number, String key, Set<String> tags) {
        return later(SWEEP, number) || later(Invalidation.key(key).line(), number)
                || tags.stream().anyMatch(tag -> later(Invalidation.tag(tag).line(), number));
    }

    private boolean later(String what, long number) {
        var last = dropped.getIfPresent(what);
        return last != null && last > number;
    }

    private void index(String key, Set<String> tags) {
        for (String tag : tags) {
            keysByTag.compute(tag, (same, keys) -> {
                Set<String> all = keys == null ? ConcurrentHashMap.newKeySet() : keys;
                all.add(key);
                return all;
            });
        }
    }

    private void removed(@Nullable String key, @Nullable Held held, RemovalCause cause) {
        if (key != null && held != null) {
            unindex(key, held.tags);
        }
    }

    private void unindex(String key, Set<String> tags) {
        for (String tag : tags) {
            keysByTag.computeIfPresent(tag, (same, keys) -> {
                var now = entries.asMap().get(key);
                if (now == null || !now.tags.contains(tag)) {
                    keys.remove(key);
                }
                return keys.isEmpty() ? null : keys;
            });
        }
    }

    int indexedTags() {
        return keysByTag.size();
    }

    /** Answers nobody until it is settled: what was dropped between its load and its being put here removes it first. */
    private static final class Held {

        private final Entry<Object> entry;
        private final Set<String> tags;
        private volatile boolean settled;

        Held(Entry<Object> entry, Set<String> tags) {
            this.entry = entry;
            this.tags = tags;
        }
    }

    private record Found(Entry<Object> found) implements Lookup<Object> {

        @Override
        public boolean keep(Entry<Object> loaded) {
            throw new IllegalStateException("it was there");
        }
    }

    private final class Missed implements Lookup<Object> {

        private final String key;
        private final Set<String> tags;
        private final long number;
        private final long began;

        Missed(String key, Set<String> tags, long number, long began) {
            this.key = key;
            this.tags = tags;
            this.number = number;
            this.began = began;
        }

        @Override
        public @Nullable Entry<Object> found() {
            return null;
        }

        @Override
        public boolean keep(Entry<Object> loaded) {
            if (ticker.read() - began > longestLoad.toNanos() || !loaded.expiresAt().isAfter(clock.instant())) {
                return false;
            }
            var held = new Held(loaded, tags);
            entries.put(key, held);
            index(key, tags);
            if (droppedSince(number, key, tags)) {
                entries.asMap().remove(key, held);
                return false;
            }
            // What is dropped from here on finds it by its tags.
            held.settled = true;
            if (entries.asMap().get(key) == null) {
                // It was evicted before it was indexed.
                unindex(key, tags);
            }
            return true;
        }
    }
}
