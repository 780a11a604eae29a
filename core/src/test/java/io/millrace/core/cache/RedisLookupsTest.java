package io.millrace.core.cache;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.util.unit.DataSize;
import redis.clients.jedis.UnifiedJedis;

import io.millrace.testkit.TestRedis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

@Timeout(60)
class RedisLookupsTest {

    private static final int CALLERS = 500;
    private static final List<String> KEY_1 = List.of("key:1");
    private static final Set<Thread.State> WAITS = Set.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);

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

    @Test
    void leaveTheOthersTheirAnswersWhenWhoAsksForThemIsInterrupted() throws Exception {
        fill();
        try (var patient = new RedisLink(settings(redis.url(), Duration.ofSeconds(5)))) {
            var together = new RedisLookups(patient);
            assertThat(together.get(KEY_1)).isPresent();
            pause(Duration.ofSeconds(1));

            Thread first = caller(() -> together.get(KEY_1));
            Thread second = caller(() -> together.get(KEY_1));
            var answers = new ConcurrentLinkedQueue<Optional<List<String>>>();
            var others = IntStream.range(0, 3).mapToObj(_ -> caller(() -> answers.add(together.get(KEY_1)))).toList();
            stop(first);
            awaitWaiting(second);
            stop(second);

            for (Thread other : others) {
                other.join();
            }
            assertThat(answers).hasSize(3).containsOnly(Optional.of(List.of("value 1")));
            assertThat(patient.isUp()).isTrue();
        }
    }

    @Test
    void goOnAfterOneWhoseKeysCannotBeRead() {
        fill();
        var broken = new AbstractList<String>() {
            @Override
            public String get(int index) {
                throw new StackOverflowError();
            }

            @Override
            public int size() {
                return 1;
            }
        };

        assertThatThrownBy(() -> lookups.get(broken)).isInstanceOf(StackOverflowError.class);

        assertThat(lookups.get(KEY_1)).contains(List.of("value 1"));
    }

    @Test
    void holdNobodyUpWhereSomethingAcceptsAndSaysNothing() throws Exception {
        var timeout = Duration.ofMillis(200);
        try (var silent = new ServerSocket(0, CALLERS, InetAddress.getLoopbackAddress());
                var mute = new RedisLink(settings("redis://127.0.0.1:" + silent.getLocalPort(), timeout))) {
            long start = System.nanoTime();

            assertThat(atOnce(new RedisLookups(mute))).hasSize(CALLERS).containsOnly(List.of());

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(timeout.multipliedBy(10));
        }
    }

    private void pause(Duration length) {
        try (var connection = link.connection()) {
            connection.clientPause(length.toMillis());
        }
    }

    /** One that waits for Redis, or for the one who asks it. */
    private static Thread caller(Runnable lookup) {
        Thread caller = Thread.ofVirtual().start(lookup);
        awaitWaiting(caller);
        return caller;
    }

    private static void awaitWaiting(Thread caller) {
        await().pollInterval(Duration.ofMillis(5)).until(() -> WAITS.contains(caller.getState()));
    }

    private static void stop(Thread caller) throws InterruptedException {
        caller.interrupt();
        caller.join();
    }

    private static RedisSettings settings(String url, Duration timeout) {
        return new RedisSettings(url, timeout, 16, Duration.ofMinutes(1), DataSize.ofKilobytes(256));
    }

    private void fill() {
        link.call(jedis -> {
            IntStream.range(0, CALLERS).forEach(i -> jedis.set("key:" + i, "value " + i));
            return Optional.of(true);
        });
    }

    /** What all callers were answered; an empty list for nothing. */
    private List<List<String>> atOnce() throws Exception {
        return atOnce(lookups);
    }

    private static List<List<String>> atOnce(RedisLookups lookups) throws Exception {
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
