package io.millrace.core.cache;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.unit.DataSize;

import io.millrace.jobs.JobResults.JobResult;
import io.millrace.testkit.TestRedis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ExtendWith(OutputCaptureExtension.class)
final class RedisResultCacheTest {

    private static final Duration TIMEOUT = Duration.ofMillis(200);

    @SuppressWarnings("NullAway.Init")
    private static TestRedis redis;

    private final UUID job = UUID.randomUUID();

    @SuppressWarnings("NullAway.Init")
    private RedisLink link;

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
        link = new RedisLink(settings(redis.url()));
    }

    @AfterEach
    void disconnect() {
        link.close();
    }

    @Test
    void answersWhatItWasGiven() {
        var result = expiringIn(Duration.ofHours(1), "{\"name\":\"李小龍\",\"lines\":\"a\\nb\"}");
        cache(link).put(job, result);

        assertThat(cache(link).get(job)).contains(result);
        assertThat(cache(link).get(UUID.randomUUID())).isEmpty();
    }

    @Test
    void keepsTheLaterOfTwoResultsWhicheverComesLast() {
        var earlier = expiringIn(Duration.ofHours(1), "1");
        var later = expiringIn(Duration.ofHours(1).plusMillis(1), "2");
        cache(link).put(job, earlier);
        cache(link).put(job, later);
        cache(link).put(job, earlier);

        assertThat(cache(link).get(job)).contains(later);
    }

    @Test
    void forgetsWhatItIsTold() {
        cache(link).put(job, expiringIn(Duration.ofHours(1), "1"));
        cache(link).forget(job);

        assertThat(cache(link).get(job)).isEmpty();
    }

    @Test
    void keepsNoEarlierResultBesideALaterOneThatIsTooLarge() {
        cache(link).put(job, expiringIn(Duration.ofHours(1), "1"));
        cache(link).put(job, expiringIn(Duration.ofHours(1), "\"" + "a".repeat(300_000) + "\""));

        assertThat(cache(link).get(job)).isEmpty();
    }

    @Test
    void forgetsAResultWhenItExpires() {
        cache(link).put(job, expiringIn(Duration.ofMillis(300), "1"));

        await().atMost(Duration.ofSeconds(5)).until(() -> cache(link).get(job).isEmpty());
        assertThat(link.call(commands -> java.util.Optional.of(commands.exists("millrace:result:" + job))))
                .contains(false);
    }

    @Test
    void keepsNothingThatHasExpiredOrIsTooLarge() {
        cache(link).put(job, expiringIn(Duration.ZERO, "1"));
        assertThat(cache(link).get(job)).isEmpty();

        cache(link).put(job, expiringIn(Duration.ofHours(1), "\"" + "a".repeat(300_000) + "\""));
        assertThat(cache(link).get(job)).isEmpty();
    }

    @Test
    void goesOnWithoutARedisThatIsGoneAndComesBackByItself(CapturedOutput output) {
        cache(link).put(job, expiringIn(Duration.ofHours(1), "1"));
        redis.stop();
        try {
            for (int i = 0; i < 1_000; i++) {
                assertThat(cache(link).get(job)).isEmpty();
                cache(link).put(job, expiringIn(Duration.ofHours(1), "1"));
            }
            assertThat(output.getOut().lines().filter(line -> line.contains("does not answer"))).hasSize(1);
        } finally {
            redis.restart();
        }

        await().atMost(Duration.ofSeconds(10)).until(() -> {
            cache(link).put(job, expiringIn(Duration.ofHours(1), "2"));
            return cache(link).get(job).isPresent();
        });
        assertThat(output).contains("is back");
    }

    @Test
    void startsWithoutARedisAndClaimsNothingOfIt(CapturedOutput output) {
        redis.stop();
        try (var unlinked = new RedisLink(settings(redis.url()))) {
            assertThat(output).contains("results will be cached in Redis at 127.0.0.1").doesNotContain("are cached");
            assertThat(cache(unlinked).get(job)).isEmpty();
        } finally {
            redis.restart();
        }
    }

    @Test
    void costsOneTimeOutWhenRedisHangs() throws Exception {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                var hanging = new RedisLink(settings("redis://127.0.0.1:" + silent.getLocalPort()))) {
            long before = System.nanoTime();
            for (int i = 0; i < 100; i++) {
                assertThat(cache(hanging).get(job)).isEmpty();
            }

            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(TIMEOUT.multipliedBy(10));
        }
    }

    @Test
    void neverLogsThePassword(CapturedOutput output) {
        String withPassword = redis.url().replace("//", "//:hunter2@");
        try (var refused = new RedisLink(settings(withPassword))) {
            assertThat(cache(refused).get(job)).isEmpty();
        }

        assertThat(output).contains("does not answer").doesNotContain("hunter2");
        assertThat(settings(withPassword)).asString().doesNotContain("hunter2");
    }

    private static RedisSettings settings(String url) {
        return new RedisSettings(url, TIMEOUT, 16, Duration.ofMillis(200), DataSize.ofKilobytes(256));
    }

    private static RedisResultCache cache(RedisLink link) {
        return new RedisResultCache(link, settings(redis.url()), Clock.systemUTC());
    }

    private static JobResult expiringIn(Duration ttl, String json) {
        return new JobResult(json, Instant.now().plus(ttl).truncatedTo(ChronoUnit.MICROS));
    }
}
