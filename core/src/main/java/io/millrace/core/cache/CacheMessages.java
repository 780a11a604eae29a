package io.millrace.core.cache;

import java.util.Optional;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPubSub;

/**
 * Hears from Redis what other processes dropped, on a connection of its own. Messages are numbered; where one is missing,
 * after each new connection, and when Redis has counted more of them than arrived here, everything in memory is dropped,
 * because nobody knows what was missed.
 */
final class CacheMessages implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CacheMessages.class);
    private static final long UNKNOWN = -1;

    private final RedisLink link;
    private final Consumer<Invalidation> drop;
    private final Thread thread;
    private volatile @Nullable Jedis connection;
    private long heard = UNKNOWN;
    private long countedBefore = UNKNOWN;
    private boolean deafBefore;

    /**
     * @param drop
     *            drops from this process' memory
     */
    CacheMessages(RedisLink link, Consumer<Invalidation> drop) {
        this.link = link;
        this.drop = drop;
        this.thread = Thread.ofPlatform().daemon().name("cache-messages").start(this::listenUntilClosed);
    }

    /**
     * Compares with what Redis has counted; to be called every now and then. A count that was there the last time already
     * and has still not arrived will not come any more: the connection is dead without knowing it. So two of these calls
     * after an invalidation memory answers nothing of before, whatever became of its message.
     */
    void check() {
        if (link.isUp()) {
            long before = heard();
            counted().ifPresent(counted -> compare(counted, before));
        }
    }

    private synchronized long heard() {
        return heard;
    }

    /** Whether every message from now on arrives here. */
    synchronized boolean isListening() {
        return heard != UNKNOWN;
    }

    /**
     * @param heardBefore
     *            what was heard before Redis was asked: more may have arrived since than it had counted then
     */
    private synchronized void compare(long counted, long heardBefore) {
        boolean deaf = heard == UNKNOWN;
        boolean missed = !deaf && (countedBefore > heard || counted < heardBefore);
        countedBefore = counted;
        if (missed || (deaf && deafBefore)) {
            LOG.warn("messages about the cache do not arrive; dropping what is in memory and listening anew");
            forget();
            hangUp();
            deafBefore = false;
        } else {
            deafBefore = deaf;
        }
    }

    private Optional<Long> counted() {
        return link.callApart(redis -> Optional
                .of(Optional.ofNullable(redis.get(RedisKeys.MESSAGES)).map(Long::valueOf).orElse(0L)));
    }

    private synchronized void forget() {
        heard = UNKNOWN;
        drop.accept(Invalidation.ALL);
    }

    private void listenUntilClosed() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                if (link.isUp()) {
                    listen();
                }
                Thread.sleep(link.retryAfter().dividedBy(2));
            }
        } catch (InterruptedException e) {
            LOG.debug("no longer listening: closed");
        }
    }

    private void listen() {
        try (var own = link.connection()) {
            connection = own;
            own.subscribe(new Listener(), RedisKeys.CHANNEL);
        } catch (RuntimeException e) {
            LOG.debug("the connection for messages about the cache broke", e);
        } finally {
            connection = null;
            // What is in memory goes on answering, for as long as it may stay there; the next connection drops it.
            deafen();
        }
    }

    private synchronized void deafen() {
        heard = UNKNOWN;
    }

    private synchronized void hear(String message) {
        int space = message.indexOf(' ');
        long number = Long.parseLong(message.substring(0, space));
        boolean next = heard == UNKNOWN || number == heard + 1;
        heard = number;
        drop.accept(next ? Invalidation.parse(message.substring(space + 1)) : Invalidation.ALL);
    }

    /** Closes the socket: a connection that is dead without knowing it would not hear that it is to unsubscribe. */
    private void hangUp() {
        var own = connection;
        if (own != null) {
            try {
                own.disconnect();
            } catch (RuntimeException e) {
                LOG.debug("the connection was gone already", e);
            }
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        hangUp();
    }

    private final class Listener extends JedisPubSub {

        @Override
        public void onSubscribe(String channel, int subscribedChannels) {
            forget();
            // What is counted from here on arrives here.
            counted().ifPresent(this::begin);
        }

        private void begin(long counted) {
            synchronized (CacheMessages.this) {
                heard = counted;
            }
        }

        @Override
        public void onMessage(String channel, String message) {
            try {
                hear(message);
            } catch (RuntimeException e) {
                LOG.warn("a message about the cache cannot be read; dropping what is in memory");
                forget();
            }
        }
    }
}
