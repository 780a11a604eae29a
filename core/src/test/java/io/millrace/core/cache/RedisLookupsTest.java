package io.millrace.core.cache;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.UnifiedJedis;

import io.millrace.testkit.TestRedis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class RedisLookupsTest {

    private static final int CALLERS = 500;

    private final TestRedis redis = new TestRedis();
    private final RedisLink link = new RedisLink(CacheNode.redisSettings(redis.url()));
    private final RedisLookups lookups = new RedisLookups(link);

    @AfterEach
    void stop() {
        link.close();
        redis.close();
    }

    @Test
    void giveEachCallerTheValuesOfItsOwnKeys() throws Exception {
        fill();

        var answers = atOnce();

        for (int i = 0; i < CALLERS; i++) {
            assertThat(answers.get(i)).containsExactly("value " + i, null);
        }
    }

    @Test
    void askForManyThatMeetInFewCommands() throws Exception {
        fill();
        long before = commands();

        atOnce();

        assertThat(commands() - before).isBetween((long) CALLERS / RedisLookups.TOGETHER, CALLERS / 2L);
    }

    @Test
    void answerNobodyAndHoldUpNobodyWithoutRedis() throws Exception {
        fill();
        redis.stop();

        assertThat(atOnce()).hasSize(CALLERS).containsOnly(List.of());
        assertThat(atOnce()).as("and again").containsOnly(List.of());
    }

    @Test
    void goOnWhenRedisIsBack() throws Exception {
        redis.stop();
        atOnce();
        redis.restart();

        await().until(link::isUp);

        fill();
        assertThat(atOnce().getLast()).containsExactly("value " + (CALLERS - 1), null);
    }

    private void fill() {
        link.call(jedis -> {
            IntStream.range(0, CALLERS).forEach(i -> jedis.set("key:" + i, "value " + i));
            return Optional.of(true);
        });
    }

    /** What all callers were answered; an empty list for nothing. */
    private List<List<String>> atOnce() throws Exception {
        var start = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = IntStream.range(0, CALLERS).mapToObj(i -> threads.submit(() -> {
                start.await();
                return lookups.get(List.of("key:" + i, "none:" + i)).orElse(List.of());
            })).toList();
            start.countDown();
            var answers = new ArrayList<List<String>>();
            for (var call : calls) {
                answers.add(call.get());
            }
            return answers;
        }
    }

    private long commands() {
        return link.call(jedis -> Optional.of(calls(jedis))).orElseThrow();
    }

    private static long calls(UnifiedJedis jedis) {
        return jedis.info("commandstats").lines().filter(line -> line.startsWith("cmdstat_mget:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("cmdstat_mget:calls=(\\d+),.*", "$1"))).findFirst()
                .orElse(0);
    }
}
