package io.millrace.core.cache;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.millrace.core.cache.CacheLevel.Entry;
import io.millrace.testkit.TestRedis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@SuppressWarnings("NullAway.Init")
class RedisLevelTest implements CacheLevelContract<String> {

    private static TestRedis redis;

    private RedisLink link;
    private RedisLevel level;

    @BeforeAll
    static void startRedis() {
        redis = new TestRedis();
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @BeforeEach
    void connect() {
        link = new RedisLink(CacheNode.redisSettings(redis.url()));
        level = new RedisLevel(link, CacheNode.redisSettings(redis.url()), CacheNode.SETTINGS, Clock.systemUTC());
    }

    @AfterEach
    void disconnect() {
        link.close();
    }

    @Override
    public CacheLevel<String> level() {
        return level;
    }

    @Override
    public String value(String text) {
        return text;
    }

    @Test
    void neverBringsAnEntryBackWhenRedisEvictsTheTokenOfItsTag() {
        keep("evicted", "old", "user:1");
        level.drop(Invalidation.tag("user:1"));
        keep("evicted", "new", "user:1");

        link.call(commands -> Optional.of(commands.del("millrace:cache:tag:user:1")));

        assertThat(level.lookup("evicted", Set.of("user:1")).found()).isNull();
        keep("other", "x", "user:1");
        assertThat(level.lookup("evicted", Set.of("user:1")).found()).isNull();
    }

    @Test
    void countsNothingThatARestartedRedisReadFromItsDisk() {
        keep("before", "old");
        link.call(commands -> Optional.of(commands.set("millrace:cache:run", "an earlier run")));

        try (var next = new RedisLink(CacheNode.redisSettings(redis.url()))) {
            var later = new RedisLevel(next, CacheNode.redisSettings(redis.url()), CacheNode.SETTINGS,
                    Clock.systemUTC());
            assertThat(later.lookup("before", Set.of()).found()).isNull();
        }
        assertThat(level.lookup("before", Set.of()).found()).isNull();
    }

    @Test
    void grantsOneLeaseAtATime() {
        try (var first = level.lease("k")) {
            assertThat(first.state()).isEqualTo(SharedLevel.Lease.State.GRANTED);
            try (var second = level.lease("k")) {
                assertThat(second.state()).isEqualTo(SharedLevel.Lease.State.TAKEN);
            }
            try (var third = level.lease("k")) {
                assertThat(third.state()).isEqualTo(SharedLevel.Lease.State.TAKEN);
            }
        }
        try (var next = level.lease("k")) {
            assertThat(next.state()).isEqualTo(SharedLevel.Lease.State.GRANTED);
        }
    }

    @Test
    void keepsNoValueThatIsTooLarge() {
        assertThat(level.lookup("large", Set.of())
                .keep(new Entry<>("x".repeat(300_000), Instant.now().plusSeconds(60)))).isFalse();
    }

    @Test
    void goesWithoutWaitingWhileRedisIsGone() {
        redis.stop();
        try {
            assertThat(level.drop(Invalidation.tag("user:1"))).isEmpty();
            long before = System.nanoTime();
            for (int i = 0; i < 1_000; i++) {
                assertThat(level.lookup("gone", Set.of()).found()).isNull();
                assertThat(level.lease("gone").state()).isEqualTo(SharedLevel.Lease.State.UNKNOWN);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
        } finally {
            redis.restart();
        }
        await().atMost(Duration.ofSeconds(10)).until(() -> keep("back", "x"));
    }

    private boolean keep(String key, String text, String... tags) {
        return level.lookup(key, Set.of(tags)).keep(new Entry<>(text, Instant.now().plusSeconds(60)));
    }
}
