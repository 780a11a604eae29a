package io.millrace.core.cache;

import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;

import com.github.benmanes.caffeine.cache.Ticker;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

/** All of the cache as one process has it, put together by hand. */
final class CacheNode implements AutoCloseable {

    static final CacheSettings SETTINGS = new CacheSettings(10_000, Duration.ofSeconds(30), Duration.ofSeconds(60),
            Duration.ofSeconds(10));
    private static final ValueFormat FORMAT = ValueFormat.of(String.class, JsonMapper.builder().build());

    final RedisLink link;
    final MemoryLevel memory;
    final TwoLevelCache cache;
    final InvalidationLog log;
    final CacheInvalidation invalidation;
    final CacheUpkeep upkeep;
    private final DataSource database;

    /** Needs the table of the log in the database. */
    CacheNode(String redis, String database) {
        this(redisSettings(redis), new SingleConnectionDataSource(database, true));
    }

    CacheNode(RedisSettings redis, DataSource database) {
        var clock = Clock.systemUTC();
        this.database = database;
        this.link = new RedisLink(redis);
        this.memory = new MemoryLevel(SETTINGS, clock, Ticker.systemTicker());
        var shared = new RedisLevel(link, redis, clock);
        this.cache = new TwoLevelCache(memory, shared, SETTINGS, clock, RandomGenerator.getDefault());
        this.log = new InvalidationLog(JdbcClient.create(this.database));
        this.invalidation = new CacheInvalidation(cache, log);
        this.upkeep = new CacheUpkeep(link, shared, log, cache);
        Awaitility.await().pollInterval(Duration.ofMillis(5)).until(upkeep::isListening);
    }

    static RedisSettings redisSettings(String url) {
        return redisSettings(url, Duration.ofMillis(200));
    }

    static RedisSettings redisSettings(String url, Duration timeout) {
        return new RedisSettings(url, timeout, 16, Duration.ofMillis(200), DataSize.ofKilobytes(256));
    }

    Loaded get(String key, Callable<? extends @Nullable Object> loader, String... tags) throws Exception {
        return get(key, Duration.ofMinutes(5), loader, tags);
    }

    Loaded get(String key, Duration expiry, Callable<? extends @Nullable Object> loader, String... tags)
            throws Exception {
        return cache.get(new TwoLevelCache.Wanted(key, Set.of(tags), expiry, FORMAT), loader);
    }

    @Override
    public void close() {
        upkeep.close();
        link.close();
        if (database instanceof SingleConnectionDataSource own) {
            own.destroy();
        }
    }
}
