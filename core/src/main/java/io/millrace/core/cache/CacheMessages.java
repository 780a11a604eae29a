package io.millrace.core.cache;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.JedisPubSub;

/**
 * Hears from Redis what other processes dropped. Messages are numbered; where one is missing, after each new connection,
 * and when Redis has counted more of them than arrived here, everything in memory is dropped, because nobody knows what was
 * missed.
 */
final class CacheMessages implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CacheMessages.class);
    private static final long UNKNOWN = -1;

    private final RedisLink link;
    private final Consumer<Invalidation> drop;
    private final Listener listener = new Listener();
    private final AtomicLong heard = new AtomicLong(UNKNOWN);
    private final Thread thread;
    private long countedBefore = UNKNOWN;

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
     * and has still not arrived will not come any more: the connection is dead without knowing it.
     */
    void check() {
        counted().ifPresent(this::compare);
    }

    private Optional<Long> counted() {
        return link.call(redis -> Optional
                .of(Optional.ofNullable(redis.get(RedisLevel.MESSAGES)).map(Long::valueOf).orElse(0L)));
    }

    private synchronized void compare(long counted) {
        long last = heard.get();
        if (last != UNKNOWN && countedBefore > last) {
            LOG.warn("messages about the cache were missed; dropping what is in memory and listening anew");
            missed();
            listener.hangUp();
        }
        countedBefore = counted;
    }

    private void missed() {
        heard.set(UNKNOWN);
        drop.accept(Invalidation.ALL);
    }

    private void listenUntilClosed() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                link.listen(listener, RedisLevel.CHANNEL);
                // What is in memory goes on answering, for as long as it may stay there; the next connection drops it.
                heard.set(UNKNOWN);
                Thread.sleep(link.retryAfter().dividedBy(2));
            }
        } catch (InterruptedException e) {
            LOG.debug("no longer listening: closed");
        }
    }

    private void hear(String message) {
        int space = message.indexOf(' ');
        long number = Long.parseLong(message.substring(0, space));
        long last = heard.getAndAccumulate(number, Math::max);
        drop.accept(last != UNKNOWN && number > last + 1
                ? Invalidation.ALL
                : Invalidation.parse(message.substring(space + 1)));
    }

    @Override
    public void close() {
        thread.interrupt();
        listener.hangUp();
    }

    private final class Listener extends JedisPubSub {

        @Override
        public void onSubscribe(String channel, int subscribedChannels) {
            missed();
            // What is counted from here on arrives here.
            counted().ifPresent(heard::set);
        }

        @Override
        public void onMessage(String channel, String message) {
            try {
                hear(message);
            } catch (RuntimeException e) {
                LOG.warn("a message about the cache cannot be read; dropping what is in memory");
                missed();
            }
        }

        void hangUp() {
            try {
                if (isSubscribed()) {
                    unsubscribe();
                }
            } catch (RuntimeException e) {
                LOG.debug("the connection was gone already", e);
            }
        }
    }
}
