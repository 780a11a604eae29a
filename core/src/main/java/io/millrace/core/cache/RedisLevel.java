package io.millrace.core.cache;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.params.SetParams;

/**
 * The second level in Redis. {@link RedisScripts} says how an invalidation makes entries count no more at once, however
 * many they are; their removal follows in small steps. Needs one Redis, not a cluster: its scripts touch several keys.
 */
final class RedisLevel implements SharedLevel {

    /** Messages about what was dropped, for the memory of all processes. */
    static final String CHANNEL = "millrace:cache";

    /** How many messages there have been. */
    static final String MESSAGES = "millrace:cache:messages";

    private static final String ENTRY = "millrace:cache:entry:";
    private static final String EPOCH = "millrace:cache:epoch";
    private static final String SWEEP = "millrace:cache:sweep";
    private static final String RUN = "millrace:cache:run";
    private static final String REMOVED_AT_ONCE = "500";

    /** Longer than any entry lives, see {@link CachedMethod}: a token must outlast what bears it. */
    private static final Duration TOKENS_LIVE = CachedMethod.LONGEST_EXPIRY.multipliedBy(2);

    private final RedisLink link;
    private final Clock clock;
    private final long maxBytes;
    private final Duration leaseTime;

    RedisLevel(RedisLink link, RedisSettings redis, CacheSettings settings, Clock clock) {
        this.link = link;
        this.clock = clock;
        this.maxBytes = redis.maxValue().toBytes();
        this.leaseTime = settings.loadTimeout();
        link.beforeUse(RedisLevel::renewEpochAfterRestart);
    }

    @Override
    public Lookup<String> lookup(String key, Set<String> tags) {
        var sorted = tags.stream().sorted().toList();
        var keys = Stream.concat(Stream.of(ENTRY + key, EPOCH, SWEEP), sorted.stream().map(RedisLevel::token))
                .toArray(String[]::new);
        return link.call(redis -> Optional.of(redis.mget(keys)))
                .<Lookup<String>>map(values -> new Look(key, sorted, new ArrayList<>(values)))
                .orElse(Unreachable.INSTANCE);
    }

    @Override
    public OptionalLong drop(Invalidation invalidation) {
        return link.call(redis -> Optional.of(drop(invalidation, redis))).map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    /** On a Redis that may not be in use yet. */
    static long drop(Invalidation invalidation, UnifiedJedis redis) {
        return switch (invalidation.kind()) {
            case ALL -> {
                renew(EPOCH, invalidation, redis);
                yield removeMatching("*", redis);
            }
            case TAG -> {
                renew(token(invalidation.value()), invalidation, redis);
                yield removeTagged(invalidation.value(), redis);
            }
            case KEY -> {
                renew(SWEEP, invalidation, redis);
                long removed = redis.unlink(ENTRY + invalidation.value());
                tell(invalidation, redis);
                yield removed;
            }
            case PATTERN -> {
                renew(SWEEP, invalidation, redis);
                long removed = removeMatching(invalidation.glob(), redis);
                // Again: what a process copied from here into its memory before it was removed.
                tell(invalidation, redis);
                yield removed;
            }
        };
    }

    @Override
    public Lease lease(String key) {
        String name = "millrace:cache:lease:" + key;
        String owner = UUID.randomUUID().toString();
        return link.call(redis -> Optional.of(
                redis.set(name, owner, SetParams.setParams().nx().px(leaseTime.toMillis())) == null
                        ? Lease.TAKEN
                        : granted(name, owner)))
                .orElse(Lease.UNKNOWN);
    }

    private Lease granted(String name, String owner) {
        return new Lease() {

            @Override
            public State state() {
                return State.GRANTED;
            }

            @Override
            public void close() {
                link.call(redis -> Optional.of(redis.eval(RedisScripts.GIVE_BACK, List.of(name), List.of(owner))));
            }
        };
    }

    private static void renew(String token, Invalidation invalidation, UnifiedJedis redis) {
        redis.eval(RedisScripts.RENEW, List.of(token, MESSAGES), List.of(UUID.randomUUID().toString(),
                String.valueOf(TOKENS_LIVE.toMillis()), CHANNEL, invalidation.line()));
    }

    private static void tell(Invalidation invalidation, UnifiedJedis redis) {
        redis.eval(RedisScripts.TELL, List.of(MESSAGES), List.of(CHANNEL, invalidation.line()));
    }

    private static long removeTagged(String tag, UnifiedJedis redis) {
        long removed = 0;
        long left;
        do {
            var step = (List<?>) redis.eval(RedisScripts.REMOVE_SOME, List.of(index(tag)), List.of(REMOVED_AT_ONCE));
            removed += (Long) Objects.requireNonNull(step.get(0));
            left = (Long) Objects.requireNonNull(step.get(1));
        } while (left > 0);
        return removed;
    }

    /** By SCAN, which goes through the keys in small steps, as KEYS does not. */
    private static long removeMatching(String glob, UnifiedJedis redis) {
        long removed = 0;
        String cursor = ScanParams.SCAN_POINTER_START;
        do {
            var page = redis.scan(cursor, new ScanParams().match(ENTRY + glob).count(500));
            if (!page.getResult().isEmpty()) {
                removed += redis.unlink(page.getResult().toArray(String[]::new));
            }
            cursor = page.getCursor();
        } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
        return removed;
    }

    private static void renewEpochAfterRestart(UnifiedJedis redis) {
        redis.eval(RedisScripts.RENEW_EPOCH_AFTER_RESTART, List.of(RUN, EPOCH), List.of(UUID.randomUUID().toString()));
    }

    private static String token(String tag) {
        return "millrace:cache:tag:" + tag;
    }

    private static String index(String tag) {
        return "millrace:cache:index:" + tag;
    }

    private static final class Unreachable implements Lookup<String> {

        static final Unreachable INSTANCE = new Unreachable();

        @Override
        public @Nullable Entry<String> found() {
            return null;
        }

        @Override
        public boolean keep(Entry<String> loaded) {
            return false;
        }
    }

    private final class Look implements Lookup<String> {

        private final String key;
        private final List<String> tags;
        private final List<String> tokens;
        private final @Nullable Entry<String> found;

        /**
         * @param values
         *            the entry, the epoch's token, the sweep's, the tags'; null for what is not there
         */
        Look(String key, List<String> tags, List<@Nullable String> values) {
            this.key = key;
            this.tags = tags;
            this.tokens = values.stream().skip(1).map(token -> token == null ? "" : token).toList();
            String entry = values.getFirst();
            this.found = entry == null ? null : decode(entry);
        }

        @Override
        public @Nullable Entry<String> found() {
            return found;
        }

        /** {@code end-of-life epoch tag tag|JSON}; Redis itself forgets an entry at the end of its life. */
        private @Nullable Entry<String> decode(String entry) {
            int header = entry.indexOf('|');
            int end = entry.indexOf(' ');
            String stamps = Stream.concat(Stream.of(tokens.getFirst()), tokens.stream().skip(2))
                    .collect(Collectors.joining(" "));
            if (end < 0 || header < end || !entry.substring(end + 1, header).equals(stamps)) {
                return null;
            }
            return new Entry<>(entry.substring(header + 1),
                    Instant.ofEpochMilli(Long.parseLong(entry.substring(0, end))));
        }

        @Override
        public boolean keep(Entry<String> loaded) {
            var now = clock.instant();
            long lives = Duration.between(now, loaded.expiresAt()).toMillis();
            var json = String.valueOf(loaded.value());
            if (lives <= 0 || json.length() > maxBytes) {
                return false;
            }
            var keys = new ArrayList<>(List.of(ENTRY + key, EPOCH, SWEEP));
            tags.forEach(tag -> keys.add(token(tag)));
            tags.forEach(tag -> keys.add(index(tag)));
            String end = String.valueOf(loaded.expiresAt().toEpochMilli());
            var arguments = new ArrayList<>(List.of(String.valueOf(tags.size()), UUID.randomUUID().toString(), json,
                    String.valueOf(lives), String.valueOf(TOKENS_LIVE.toMillis()), String.valueOf(now.toEpochMilli()),
                    end, end));
            arguments.addAll(tokens);
            return link.call(redis -> Optional.of(redis.eval(RedisScripts.KEEP, keys, arguments)))
                    .map(kept -> kept.equals(1L)).orElse(false);
        }
    }
}
