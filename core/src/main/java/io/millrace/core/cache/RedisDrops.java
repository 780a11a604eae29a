package io.millrace.core.cache;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.ScanParams;

/** How invalidations are done in Redis. By a tag it is one step, however many entries there are; their removal follows. */
final class RedisDrops {

    private static final String AT_ONCE = "500";
    private static final String NO_INDEX = "millrace:cache:index";

    /** Longer than any load: with an older token nothing is kept, and without one nothing counts. */
    private static final String FRESH_TOKEN_LIVES = String.valueOf(Duration.ofHours(1).toMillis());

    private RedisDrops() {
    }

    /** Returns how many entries were removed. */
    static long drop(Invalidation invalidation, UnifiedJedis redis) {
        return switch (invalidation.kind()) {
            case TAG -> dropTagged(invalidation, redis);
            case KEY -> {
                renew(RedisKeys.SWEEP, NO_INDEX, invalidation, redis);
                long removed = redis.unlink(RedisKeys.entry(invalidation.value()));
                tell(invalidation, redis);
                yield removed;
            }
            case PATTERN -> {
                renew(RedisKeys.SWEEP, NO_INDEX, invalidation, redis);
                long removed = removeMatching(invalidation.glob(), redis);
                // Again: what a process copied from here into its memory before it was removed.
                tell(invalidation, redis);
                yield removed;
            }
            case ALL -> {
                redis.eval(RedisScripts.RENEW_EPOCH, List.of(RedisKeys.EPOCH, RedisKeys.MESSAGES),
                        List.of(UUID.randomUUID().toString(), RedisKeys.CHANNEL, invalidation.line()));
                yield removeMatching("*", redis);
            }
        };
    }

    static void renewEpochAfterRestart(UnifiedJedis redis) {
        redis.eval(RedisScripts.RENEW_EPOCH_AFTER_RESTART, List.of(RedisKeys.EPOCH),
                List.of(UUID.randomUUID().toString()));
    }

    private static long dropTagged(Invalidation invalidation, UnifiedJedis redis) {
        String tag = invalidation.value();
        long removed = 0;
        long left;
        do {
            var step = renew(RedisKeys.token(tag), RedisKeys.index(tag), invalidation, redis);
            removed += (Long) Objects.requireNonNull(step.get(0));
            left = (Long) Objects.requireNonNull(step.get(1));
        } while (left > 0);
        return removed;
    }

    private static List<?> renew(String token, String index, Invalidation invalidation, UnifiedJedis redis) {
        return (List<?>) redis.eval(RedisScripts.RENEW, List.of(token, RedisKeys.MESSAGES, index),
                List.of(UUID.randomUUID().toString(), FRESH_TOKEN_LIVES, RedisKeys.CHANNEL, invalidation.line(),
                        AT_ONCE));
    }

    private static void tell(Invalidation invalidation, UnifiedJedis redis) {
        redis.eval(RedisScripts.TELL, List.of(RedisKeys.MESSAGES), List.of(RedisKeys.CHANNEL, invalidation.line()));
    }

    /** By SCAN, which goes through the keys in small steps, as KEYS does not. */
    private static long removeMatching(String glob, UnifiedJedis redis) {
        long removed = 0;
        String cursor = ScanParams.SCAN_POINTER_START;
        do {
            var page = redis.scan(cursor, new ScanParams().match(RedisKeys.entry(glob)).count(500));
            if (!page.getResult().isEmpty()) {
                removed += redis.unlink(page.getResult().toArray(String[]::new));
            }
            cursor = page.getCursor();
        } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
        return removed;
    }
}
