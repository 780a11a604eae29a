package io.millrace.core.cache;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What one caller or a thousand get, from which level. */
class TwoLevelCacheTest extends TwoNodes {

    @Test
    void answersFromMemoryThenFromRedisThenFromTheLoader() throws Exception {
        assertThat(here.get(key, () -> "loaded")).isEqualTo(new Loaded("loaded", CacheOutcome.MISS));
        assertThat(here.get(key, NEVER)).isEqualTo(new Loaded("loaded", CacheOutcome.LOCAL));
        assertThat(there.get(key, NEVER)).isEqualTo(new Loaded("loaded", CacheOutcome.SHARED));
        assertThat(there.get(key, NEVER)).isEqualTo(new Loaded("loaded", CacheOutcome.LOCAL));
    }

    @Test
    void keepsNullForAShorterTime() throws Exception {
        assertThat(here.get(key, Duration.ofHours(10), () -> null)).isEqualTo(new Loaded(null, CacheOutcome.MISS));

        assertThat(there.get(key, NEVER)).isEqualTo(new Loaded(null, CacheOutcome.SHARED));
        assertThat(secondsInRedis(key)).isBetween(50L, 60L);
    }

    @Test
    void spreadsTheExpiryOfWhatIsLoadedTogether() throws Exception {
        var lives = new ArrayList<Long>();
        for (int i = 0; i < 50; i++) {
            here.get(key + i, Duration.ofHours(10), () -> "x");
            lives.add(secondsInRedis(key + i));
        }

        assertThat(lives).allMatch(seconds -> seconds <= 36_000 && seconds >= 32_000)
                .anyMatch(seconds -> seconds < 35_000).anyMatch(seconds -> seconds > 33_500);
    }

    @Test
    void loadsOnceForAThousandCallersOnTwoNodes() throws Exception {
        var loads = new AtomicInteger();
        var answers = new ArrayList<Future<Loaded>>();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 1_000; i++) {
                var node = i % 2 == 0 ? here : there;
                answers.add(callers.submit(() -> node.get(key, () -> {
                    Thread.sleep(Duration.ofMillis(100));
                    return "load " + loads.incrementAndGet();
                })));
            }
        }

        assertThat(answers).allMatch(answer -> "load 1".equals(answer.resultNow().value()));
    }

    @Test
    void tellsEveryWaitingCallerOfTheFailureAndKeepsNothing() throws Exception {
        var failures = new ArrayList<Future<Loaded>>();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 10; i++) {
                failures.add(callers.submit(() -> here.get(key, () -> {
                    Thread.sleep(Duration.ofMillis(50));
                    throw new IllegalStateException("no luck");
                })));
            }
        }

        assertThat(failures).allMatch(failure -> "no luck".equals(failure.exceptionNow().getMessage()));
        assertThat(here.get(key, () -> "later").from()).isEqualTo(CacheOutcome.MISS);
    }

    @Test
    void takesOverFromANodeThatDiedWhileItLoaded() throws Exception {
        // One that never gives back its lease: it ends after three seconds.
        try (var dead = new RedisLink(CacheNode.redisSettings(redis.url()))) {
            var level = new RedisLevel(dead, CacheNode.redisSettings(redis.url()), Clock.systemUTC());
            assertThat(level.lookup(key, Set.of()).lease().state()).isEqualTo(SharedLevel.Lease.State.GRANTED);
        }

        assertThat(here.get(key, () -> "mine").value()).isEqualTo("mine");
    }

    @Test
    void doesNotKeepWhatWasLoadedBeforeAnInvalidation() throws Exception {
        var loading = new CountDownLatch(1);
        var invalidated = new CountDownLatch(1);
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var early = callers.submit(() -> there.get(key, () -> {
                loading.countDown();
                assertThat(invalidated.await(10, TimeUnit.SECONDS)).isTrue();
                return "old";
            }, tag));
            assertThat(loading.await(10, TimeUnit.SECONDS)).isTrue();

            here.cache.drop(Invalidation.tag(tag));
            invalidated.countDown();

            assertThat(early.get().value()).isEqualTo("old");
        }
        assertThat(here.get(key, () -> "new", tag).value()).isEqualTo("new");
        Awaitility.await().until(() -> "new".equals(there.get(key, () -> "new", tag).value()));
    }

    @Test
    void joinsNoLoadThatBeganBeforeAnInvalidation() throws Exception {
        var loading = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var early = callers.submit(() -> here.get(key, () -> {
                loading.countDown();
                assertThat(goOn.await(20, TimeUnit.SECONDS)).isTrue();
                return "old";
            }, tag));
            assertThat(loading.await(10, TimeUnit.SECONDS)).isTrue();
            here.cache.drop(Invalidation.tag(tag));
            assertThat(here.get(key, () -> "new", tag).value()).isEqualTo("new");
            goOn.countDown();
            assertThat(early.get().value()).isEqualTo("old");
        }
        assertThat(here.get(key, NEVER, tag).value()).isEqualTo("new");
    }

    private static long secondsInRedis(String key) {
        return here.link.call(commands -> Optional.of(commands.ttl("millrace:cache:entry:" + key))).orElseThrow();
    }
}
