package io.millrace.core.cache;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

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
        level = new RedisLevel(link, CacheNode.redisSettings(redis.url()), Clock.systemUTC());
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
        assertThat(level.lookup("before", Set.of()).found()).isNotNull();
        // The epoch of another run, and an entry of it.
        link.call(commands -> Optional.of(commands.set("millrace:cache:epoch", "an-earlier-run")));
        keep("before", "old");
        assertThat(level.lookup("before", Set.of()).found()).isNotNull();

        try (var next = new RedisLink(CacheNode.redisSettings(redis.url()))) {
            var later = new RedisLevel(next, CacheNode.redisSettings(redis.url()), Clock.systemUTC());
            assertThat(later.lookup("before", Set.of()).found()).isNull();
        }
        assertThat(level.lookup("before", Set.of()).found()).isNull();
    }

    @Test
    void dropsNothingOfWhatIsThereWhenAnotherProcessConnects() {
        keep("stays", "x");
        try (var next = new RedisLink(CacheNode.redisSettings(redis.url()))) {
            var later = new RedisLevel(next, CacheNode.redisSettings(redis.url()), Clock.systemUTC());
            assertThat(later.lookup("stays", Set.of()).found()).isNotNull();
        }
    }

    @Test
    void grantsOneLeaseAtATimeAndAnotherAfterAnInvalidation() {
        keep("other", "x", "user:9");
        try (var first = level.lookup("k", Set.of("user:9")).lease()) {
            assertThat(first.state()).isEqualTo(SharedLevel.Lease.State.GRANTED);
            try (var second = level.lookup("k", Set.of("user:9")).lease()) {
                assertThat(second.state()).isEqualTo(SharedLevel.Lease.State.TAKEN);
            }
            assertThat(level.lookup("k", Set.of("user:9")).lease().state()).isEqualTo(SharedLevel.Lease.State.TAKEN);
            level.drop(Invalidation.tag("user:9"));
            assertThat(level.lookup("k", Set.of("user:9")).lease().state())
                    .isEqualTo(SharedLevel.Lease.State.GRANTED);
        }
        // The one before gave back its own, which was nobody's any more.
        assertThat(level.lookup("k", Set.of("user:9")).lease().state()).isEqualTo(SharedLevel.Lease.State.TAKEN);
    }

    @Test
    void leavesNothingBehindForGood() {
        keep("gone-soon", "x", "rare");

        for (String key : new String[]{"entry:gone-soon", "tag:rare", "index:rare", "sweep"}) {
            long lives = link.call(commands -> Optional.of(commands.pttl("millrace:cache:" + key))).orElseThrow();
            assertThat(lives).as(key).isBetween(1L, Duration.ofHours(2).toMillis());
        }
    }

    @Test
    void takesRedisOutOfUseUntilAFailedInvalidationIsMadeUpFor() {
        keep("owed", "old", "user:2");
        var replayed = new AtomicBoolean();
        link.beforeUse(commands -> replayed.set(true));
        replayed.set(false);
        redis.stop();
        try {
            assertThat(level.drop(Invalidation.tag("user:2"))).isEmpty();
            assertThat(link.isUp()).isFalse();
        } finally {
            redis.restart();
        }

        await().atMost(Duration.ofSeconds(10)).until(link::isUp);
        assertThat(replayed).isTrue();
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
                assertThat(level.lookup("gone", Set.of()).lease().state()).isEqualTo(SharedLevel.Lease.State.UNKNOWN);
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
