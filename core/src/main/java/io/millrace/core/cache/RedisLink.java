package io.millrace.core.cache;

import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Conditional;
import org.springframework.stereotype.Component;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.SetParams;

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
    private static final int PREPARED_WITHOUT_LOCK = 3;

    private final RedisAddress address;
    private final RedisClient ordinary;
    /** Apart from the ordinary ones, so that a burst of look-ups cannot hold up an invalidation or hide one. */
    private final RedisClient reserved;
    private final Duration timeout;
    private final Duration retryAfter;
    private final List<Consumer<UnifiedJedis>> beforeUse = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService probes = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("redis-probe").factory());

    /** Changed under this object's lock alone. */
    private volatile State state = State.UNTRIED;
    private long owed;

    RedisLink(RedisSettings settings) {
        this.address = RedisAddress.of(settings);
        this.ordinary = address.pool(settings.connections(), LONGEST_WAIT_FOR_CONNECTION);
        this.reserved = address.pool(2, settings.timeout());
        this.timeout = settings.timeout();
        this.retryAfter = settings.retryAfter();
        // Nothing has been asked of it yet: the first call connects.
        LOG.info("results will be cached in Redis at {} once it answers", address);
    }

    /** What the call answers, or empty without waiting if Redis is gone or all connections are busy. Never throws. */
    <T> Optional<T> call(Function<UnifiedJedis, Optional<T>> call) {
        return attempt(call, ordinary);
    }

    /** As {@link #call}, on connections that a burst of look-ups cannot take. */
    <T> Optional<T> callApart(Function<UnifiedJedis, Optional<T>> call) {
        return attempt(call, reserved);
    }

    private <T> Optional<T> attempt(Function<UnifiedJedis, Optional<T>> call, UnifiedJedis redis) {
        if (!isUsable()) {
            return Optional.empty();
        }
        try {
            return call.apply(redis);
        } catch (JedisException e) {
            if (!isAboutThisCallAlone(e)) {
                lost(e);
            }
            return Optional.empty();
        }
    }

    /**
     * For what must reach Redis before anybody reads from it again. Where it fails, Redis is out of use until the steps of
     * {@link #beforeUse} have made up for it. Never throws.
     */
    <T> Optional<T> insist(Function<UnifiedJedis, T> call) {
        if (isUsable()) {
            try {
                return Optional.of(call.apply(reserved));
            } catch (JedisException e) {
                lost(e);
            }
        }
        owe();
        return Optional.empty();
    }

    /**
     * Has {@code step} done on each Redis that comes, or comes back, before anybody uses it. A step that throws keeps it out
     * of use. On one that is in use already it is done now.
     */
    void beforeUse(Consumer<UnifiedJedis> step) {
        beforeUse.add(step);
        if (isUsable()) {
            try {
                step.accept(reserved);
            } catch (RuntimeException e) {
                lost(e);
            }
        }
    }

    /** A connection of its own; the caller closes it. */
    Jedis connection() {
        return address.connection();
    }

    boolean isUp() {
        return state == State.UP;
    }

    boolean isDown() {
        return state == State.DOWN;
    }

    /** Of one command. */
    Duration timeout() {
        return timeout;
    }

    Duration retryAfter() {
        return retryAfter;
    }

    /** The first caller tries; after that the probes do. */
    private boolean isUsable() {
        if (state == State.UNTRIED) {
            connect();
        }
        return state == State.UP;
    }

    private synchronized void connect() {
        if (state == State.UNTRIED) {
            try {
                prepare();
            } catch (RuntimeException e) {
                state = State.UP;
                lost(e);
            }
        }
    }

    /** Until nothing has come to be owed while it was prepared. */
    private void prepare() {
        for (int i = 0; i < PREPARED_WITHOUT_LOCK; i++) {
            long before = owed();
            beforeUse.forEach(step -> step.accept(reserved));
            if (isUpIfOnlyOwed(before)) {
                return;
            }
        }
        synchronized (this) {
            beforeUse.forEach(step -> step.accept(reserved));
            state = State.UP;
        }
    }

    private synchronized void owe() {
        owed++;
        if (state == State.UP) {
            state = State.DOWN;
            probeLater();
        }
    }

    private synchronized long owed() {
        return owed;
    }

    private synchronized boolean isUpIfOnlyOwed(long before) {
        if (owed == before) {
            state = State.UP;
        }
        return state == State.UP;
    }

    private synchronized void lost(RuntimeException e) {
        if (state == State.UP) {
            state = State.DOWN;
            LOG.warn("Redis at {} does not answer ({}), going on without it, trying again every {}", address,
                    e.getMessage(), retryAfter);
            probeLater();
        }
    }

    /** No connection was free in time, or the caller was interrupted: neither says anything about Redis. */
    private static boolean isAboutThisCallAlone(JedisException e) {
        if (Thread.currentThread().isInterrupted()) {
            // A virtual thread's socket was closed by it.
            return true;
        }
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof InterruptedException) {
                Thread.currentThread().interrupt();
                return true;
            }
            if (cause instanceof NoSuchElementException) {
                return true;
            }
        }
        return false;
    }

    private void probeLater() {
        if (!probes.isShutdown()) {
            var _ = probes.schedule(this::probe, retryAfter.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void probe() {
        try {
            // What is pooled leads to the Redis that went.
            ordinary.getPool().clear();
            reserved.getPool().clear();
            // A write: a Redis that is full or a replica answers PING.
            reserved.set("millrace:probe", "", SetParams.setParams().px(retryAfter.toMillis()));
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
        ordinary.close();
        reserved.close();
    }

    private enum State {
        UNTRIED, UP, DOWN
    }
}
