package io.millrace.core.cache;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Conditional;
import org.springframework.stereotype.Component;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.SetParams;
import redis.clients.jedis.util.JedisURIHelper;

/**
 * The connections to Redis, and a circuit breaker around them: after one failure nobody waits for Redis any more until a
 * probe in the background has written to it. Says so once when it goes and once when it is back.
 */
@Component
@Conditional(OnRedisUrl.class)
final class RedisLink implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RedisLink.class);

    /** So short that waiting for a connection is not worth more than the cache saves. */
    private static final Duration LONGEST_WAIT_FOR_CONNECTION = Duration.ofMillis(20);

    private final HostAndPort address;
    private final RedisClient redis;
    private final Duration retryAfter;
    private final AtomicReference<State> state = new AtomicReference<>(State.UNTRIED);
    private final List<Consumer<UnifiedJedis>> beforeUse = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService probes = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("redis-probe").factory());

    RedisLink(RedisSettings settings) {
        URI uri = parse(settings.url());
        this.address = JedisURIHelper.getHostAndPort(uri);
        this.redis = RedisClient.builder().hostAndPort(address).clientConfig(clientConfig(uri, settings))
                .poolConfig(poolConfig(settings)).build();
        this.retryAfter = settings.retryAfter();
        // Nothing has been asked of it yet: the first call connects.
        LOG.info("results will be cached in Redis at {} once it answers", address);
    }

    /** What the call answers, or empty without waiting if Redis is gone. Never throws. */
    <T> Optional<T> call(Function<UnifiedJedis, Optional<T>> call) {
        if (state.get() != State.UP && !connected()) {
            return Optional.empty();
        }
        try {
            return call.apply(redis);
        } catch (JedisException e) {
            if (redis.getPool().getNumActive() < redis.getPool().getMaxTotal()) {
                lost(e);
            }
            return Optional.empty();
        }
    }

    /**
     * Has {@code step} done on each Redis that comes, or comes back, before anybody uses it. A step that throws keeps it out
     * of use. On one that is in use already it is done now.
     */
    void beforeUse(Consumer<UnifiedJedis> step) {
        beforeUse.add(step);
        call(redis -> {
            step.accept(redis);
            return Optional.empty();
        });
    }

    /** Hears messages on a connection of its own until it is told to unsubscribe or the connection breaks. */
    void listen(JedisPubSub listener, String channel) {
        if (state.get() == State.UP) {
            try {
                redis.subscribe(listener, channel);
            } catch (JedisException e) {
                lost(e);
            }
        }
    }

    boolean isUp() {
        return state.get() == State.UP;
    }

    Duration retryAfter() {
        return retryAfter;
    }

    /** The first caller tries; after that the probes do. */
    private synchronized boolean connected() {
        if (state.get() == State.UNTRIED) {
            try {
                prepare();
            } catch (RuntimeException e) {
                state.set(State.UP);
                lost(e);
            }
        }
        return state.get() == State.UP;
    }

    private void prepare() {
        beforeUse.forEach(step -> step.accept(redis));
        state.set(State.UP);
    }

    private void lost(RuntimeException e) {
        if (state.compareAndSet(State.UP, State.DOWN)) {
            LOG.warn("Redis at {} does not answer ({}), going on without it, trying again every {}", address,
                    e.getMessage(), retryAfter);
            probeLater();
        }
    }

    private void probeLater() {
        if (!probes.isShutdown()) {
            var _ = probes.schedule(this::probe, retryAfter.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void probe() {
        try {
            // What is pooled leads to the Redis that went.
            redis.getPool().clear();
            // A write: a Redis that is full or a replica answers PING.
            redis.set("millrace:probe", "", SetParams.setParams().px(retryAfter.toMillis()));
            prepare();
            LOG.info("Redis at {} is back", address);
        } catch (RuntimeException e) {
            LOG.debug("Redis at {} is still gone", address, e);
            probeLater();
        }
    }

    @Override
    public void close() {
        probes.shutdownNow();
        redis.close();
    }

    private static URI parse(String url) {
        try {
            URI uri = new URI(url.strip());
            if (JedisURIHelper.isValid(uri)
                    && (JedisURIHelper.isRedisScheme(uri) || JedisURIHelper.isRedisSSLScheme(uri))) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Its message, and so the exception itself, repeats the password.
            throw new InvalidRedisUrl();
        }
        throw new InvalidRedisUrl();
    }

    private static DefaultJedisClientConfig clientConfig(URI uri, RedisSettings settings) {
        return DefaultJedisClientConfig.builder().timeoutMillis(Math.toIntExact(settings.timeout().toMillis()))
                .user(JedisURIHelper.getUser(uri)).password(JedisURIHelper.getPassword(uri))
                .database(JedisURIHelper.getDBIndex(uri)).ssl(JedisURIHelper.isRedisSSLScheme(uri))
                .clientName("millrace").build();
    }

    private static ConnectionPoolConfig poolConfig(RedisSettings settings) {
        var pool = new ConnectionPoolConfig();
        pool.setMaxTotal(settings.connections());
        pool.setMaxIdle(settings.connections());
        pool.setMaxWait(LONGEST_WAIT_FOR_CONNECTION);
        pool.setJmxEnabled(false);
        return pool;
    }

    private enum State {
        UNTRIED, UP, DOWN
    }
}
