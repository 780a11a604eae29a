package io.millrace.core.cache;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import redis.clients.jedis.UnifiedJedis;

/** Keeps both levels honest in the background: missed messages, and invalidations that did not reach Redis. */
final class CacheUpkeep implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CacheUpkeep.class);

    /** Twice this, and the time that two questions to Redis take, is how long memory may go on with what was dropped. */
    static final Duration CHECK = Duration.ofMillis(500);

    /** Older than any request that is still about to do it itself. */
    private static final Duration LEFT_OVER = Duration.ofSeconds(1);

    private final RedisLink link;
    private final RedisLevel shared;
    private final InvalidationLog log;
    private final CacheMessages messages;
    private final ScheduledExecutorService timer = Executors
            .newScheduledThreadPool(2, Thread.ofPlatform().daemon().name("cache-upkeep-", 1).factory());

    CacheUpkeep(RedisLink link, RedisLevel shared, InvalidationLog log, TwoLevelCache cache) {
        this.link = link;
        this.shared = shared;
        this.log = log;
        this.messages = new CacheMessages(link, cache::dropHere);
        link.beforeUse(this::doBeforeUse);
        // Apart: a database that hangs must not keep a process from noticing what it missed.
        every(messages::check);
        every(this::doLeftovers);
    }

    private void every(Runnable check) {
        var _ = timer.scheduleWithFixedDelay(() -> checkOnce(check), CHECK.toMillis(), CHECK.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** What happened while Redis was away must be known to it before anybody reads from it. */
    private void doBeforeUse(UnifiedJedis redis) {
        log.doLeftovers(Duration.ZERO, invalidation -> {
            RedisDrops.drop(invalidation, redis);
            return true;
        });
    }

    private static void checkOnce(Runnable check) {
        try {
            check.run();
        } catch (DataAccessException e) {
            LOG.debug("invalidations of the cache wait for the database", e);
        } catch (RuntimeException e) {
            LOG.warn("the upkeep of the cache failed ({}); trying again in {}", e.getMessage(), CHECK);
        } catch (Throwable e) {
            // The timer would say nothing and never come again.
            LOG.error("the upkeep of the cache failed; trying again in {}", CHECK, e);
        }
    }

    private void doLeftovers() {
        log.deleteDone();
        if (link.isUp()) {
            log.doLeftovers(LEFT_OVER, invalidation -> shared.drop(invalidation).isPresent());
        }
    }

    /** Whether every message from now on arrives here. */
    boolean isListening() {
        return messages.isListening();
    }

    @Override
    public void close() {
        timer.shutdownNow();
        messages.close();
    }
}
