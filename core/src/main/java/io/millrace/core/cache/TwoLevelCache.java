package io.millrace.core.cache;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

import io.millrace.core.cache.CacheLevel.Entry;

/**
 * This process' memory, then Redis, then the loader. Of any number of callers that miss one key at once, in any number of
 * processes, one loads. A value that was loaded before an invalidation is never kept after it, in either level.
 *
 * <p>
 * Not guaranteed: that another process' memory drops an entry at the very moment of the invalidation. It hears of it by a
 * message, within milliseconds; {@link CacheMessages} notices when messages were missed, and no entry stays in memory for
 * longer than {@code millrace.cache.memory-ttl}. Without Redis to ask, each process loads for itself.
 */
final class TwoLevelCache {

    private static final Logger LOG = LoggerFactory.getLogger(TwoLevelCache.class);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(2);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(50);

    private final MemoryLevel memory;
    private final SharedLevel shared;
    private final CacheSettings settings;
    private final Clock clock;
    private final RandomGenerator random;
    private final Flights flights;

    TwoLevelCache(MemoryLevel memory, SharedLevel shared, CacheSettings settings, Clock clock, RandomGenerator random) {
        this.memory = memory;
        this.shared = shared;
        this.settings = settings;
        this.clock = clock;
        this.random = random;
        this.flights = new Flights(settings.loadTimeout());
    }

    /**
     * What is wanted.
     *
     * @param format
     *            how the value stands in Redis
     */
    record Wanted(String key, Set<String> tags, Duration expiry, ValueFormat format) {
    }

    /**
     * The value, from the nearest place that has it.
     *
     * @throws Exception
     *             what {@code loader} throws; nothing is kept then
     */
    Loaded get(Wanted wanted, Callable<? extends @Nullable Object> loader) throws Exception {
        var found = memory.lookup(wanted.key(), wanted.tags()).found();
        if (found != null) {
            return new Loaded(found.value(), CacheOutcome.LOCAL);
        }
        return flights.join(wanted.key(), wanted.tags(), () -> fetch(wanted, loader));
    }

    /**
     * Drops entries here and in Redis, and tells the other processes.
     *
     * @return how many there were; empty if Redis could not be reached, and others may go on answering what it holds
     */
    OptionalLong drop(Invalidation invalidation) {
        long here = dropHere(invalidation);
        var there = shared.drop(invalidation);
        // Again: what was copied from Redis in between.
        dropHere(invalidation);
        return there.isPresent() ? OptionalLong.of(Math.max(here, there.getAsLong())) : there;
    }

    /** Drops entries of this process' memory alone. */
    long dropHere(Invalidation invalidation) {
        long dropped = memory.drop(invalidation).orElse(0);
        flights.forget(invalidation);
        return dropped;
    }

    private Loaded fetch(Wanted wanted, Callable<? extends @Nullable Object> loader) throws Exception {
        var here = memory.lookup(wanted.key(), wanted.tags());
        var found = here.found();
        if (found != null) {
            return new Loaded(found.value(), CacheOutcome.LOCAL);
        }
        long patience = System.nanoTime() + settings.loadTimeout().toNanos();
        for (var pause = SHORTEST_PAUSE;; pause = longer(pause)) {
            var there = shared.lookup(wanted.key(), wanted.tags());
            var shared = read(wanted, here, there);
            if (shared != null) {
                return shared;
            }
            try (var lease = there.lease()) {
                if (lease.state() != SharedLevel.Lease.State.TAKEN || System.nanoTime() >= patience) {
                    return load(wanted, here, loader);
                }
            }
            Thread.sleep(pause);
        }
    }

    private @Nullable Loaded read(Wanted wanted, CacheLevel.Lookup<Object> here, CacheLevel.Lookup<String> there) {
        var entry = there.found();
        if (entry == null || entry.value() == null) {
            return null;
        }
        try {
            Object value = wanted.format().read(entry.value());
            keepHere(here, value, entry.expiresAt());
            return new Loaded(value, CacheOutcome.SHARED);
        } catch (JacksonException e) {
            LOG.warn("{} in Redis cannot be read as {} and is loaded anew", wanted.key(), wanted.format());
            return null;
        }
    }

    private Loaded load(Wanted wanted, CacheLevel.Lookup<Object> here, Callable<? extends @Nullable Object> loader)
            throws Exception {
        var there = shared.lookup(wanted.key(), wanted.tags());
        var justLoaded = read(wanted, here, there);
        if (justLoaded != null) {
            return justLoaded;
        }
        Object value = loader.call();
        var lives = isEmpty(value) && wanted.expiry().compareTo(settings.emptyTtl()) > 0
                ? settings.emptyTtl()
                : wanted.expiry();
        var expiresAt = clock.instant().plus(withJitter(lives));
        keepThere(wanted, there, value, expiresAt);
        keepHere(here, value, expiresAt);
        return new Loaded(value, CacheOutcome.MISS);
    }

    private void keepThere(Wanted wanted, SharedLevel.SharedLookup there, @Nullable Object value, Instant expiresAt) {
        if (there.canKeep()) {
            try {
                there.keep(new Entry<>(wanted.format().write(value), expiresAt));
            } catch (JacksonException e) {
                LOG.warn("{} cannot be written as JSON, so it stays in this process' memory", wanted.key());
            }
        }
    }

    private void keepHere(CacheLevel.Lookup<Object> here, @Nullable Object value, Instant expiresAt) {
        var inMemory = clock.instant().plus(withJitter(settings.memoryTtl()));
        here.keep(new Entry<>(value, inMemory.isBefore(expiresAt) ? inMemory : expiresAt));
    }

    /** Up to a tenth shorter, so that what was loaded together is not all loaded again together. */
    private Duration withJitter(Duration duration) {
        return duration.minusNanos(duration.toNanos() / 10_000 * random.nextInt(1_000));
    }

    private static boolean isEmpty(@Nullable Object value) {
        return switch (value) {
            case null -> true;
            case Optional<?> optional -> optional.isEmpty();
            case Collection<?> collection -> collection.isEmpty();
            case Map<?, ?> map -> map.isEmpty();
            case Emptiable emptiable -> emptiable.holdsNothing();
            default -> false;
        };
    }

    private static Duration longer(Duration pause) {
        var twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }
}
