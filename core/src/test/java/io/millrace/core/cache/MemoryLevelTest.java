package io.millrace.core.cache;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import com.github.benmanes.caffeine.cache.Ticker;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.millrace.core.cache.CacheLevel.Entry;

import static org.assertj.core.api.Assertions.assertThat;

class MemoryLevelTest implements CacheLevelContract<Object> {

    private static final CacheSettings SETTINGS = new CacheSettings(5_000, Duration.ofSeconds(30),
            Duration.ofMinutes(1), Duration.ofSeconds(10));

    private final MemoryLevel level = new MemoryLevel(SETTINGS, Clock.systemUTC(), Ticker.systemTicker());

    @Override
    public CacheLevel<Object> level() {
        return level;
    }

    @Override
    public Object value(String text) {
        return text;
    }

    @Test
    void keepsNull() {
        level.lookup("null", Set.of()).keep(new Entry<>(null, Instant.now().plusSeconds(60)));

        var found = level.lookup("null", Set.of()).found();
        assertThat(found).isNotNull();
        assertThat(found == null ? "nothing" : found.value()).isNull();
    }

    @Test
    void keepsNothingOfALoadThatTookLongerThanInvalidationsAreRemembered() {
        var nanos = new AtomicLong();
        var slow = new MemoryLevel(SETTINGS, Clock.systemUTC(), nanos::get);
        var lookup = slow.lookup("slow", Set.of("user:1"));
        slow.drop(Invalidation.tag("user:1"));

        nanos.addAndGet(Duration.ofHours(1).toNanos());

        assertThat(lookup.keep(new Entry<>("old", Instant.now().plusSeconds(60)))).isFalse();
        assertThat(slow.lookup("slow", Set.of("user:1")).found()).isNull();
    }

    @Test
    void answersNothingOfBeforeADropWhileItFindsOutThatItMustNotKeepIt() {
        var found = new ArrayList<@Nullable Entry<Object>>();
        var during = new AtomicReference<Runnable>(() -> {
        });
        // Asked for the time, as it is within each step, it lets another reader look.
        var busy = new MemoryLevel(SETTINGS, Clock.systemUTC(), () -> {
            during.getAndSet(() -> {
            }).run();
            return 0;
        });
        var lookup = busy.lookup("busy", Set.of("user:1"));
        busy.drop(Invalidation.tag("user:1"));
        Runnable look = new Runnable() {
            @Override
            public void run() {
                found.add(busy.lookup("busy", Set.of("user:1")).found());
                during.set(this);
            }
        };
        during.set(look);

        assertThat(lookup.keep(new Entry<>("old", Instant.now().plusSeconds(60)))).isFalse();
        assertThat(found).hasSizeGreaterThan(1).containsOnlyNulls();
    }

    @Test
    void remembersNoTagWhoseEntriesAreGone() {
        for (int i = 0; i < 50_000; i++) {
            level.lookup("k" + i, Set.of("tag:" + i)).keep(new Entry<>("x", Instant.now().plusSeconds(60)));
        }

        assertThat(level.indexedTags()).isLessThanOrEqualTo(SETTINGS.memoryEntries() + 1);
    }
}
