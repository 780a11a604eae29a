package io.millrace.core.cache;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * The second level in Redis. {@link RedisScripts} says how an invalidation makes entries count no more at once, however
 * many they are. Needs one Redis, not a cluster: its scripts touch several keys.
 */
final class RedisLevel implements SharedLevel {

    /** A load that takes longer is shared within its process alone, so that a lease nobody gives back costs no more. */
    private static final Duration LONGEST_LEASE = Duration.ofSeconds(3);

    /** Tokens outlive what bears them by this. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private final RedisLink link;
    private final RedisLookups lookups;
    private final Clock clock;
    private final long maxBytes;

    RedisLevel(RedisLink link, RedisSettings redis, Clock clock) {
        this.link = link;
        this.lookups = new RedisLookups(link);
        this.clock = clock;
        this.maxBytes = redis.maxValue().toBytes();
        link.beforeUse(RedisDrops::renewEpochAfterRestart);
    }

    @Override
    public SharedLookup lookup(String key, Set<String> tags) {
        var sorted = tags.size() < 2 ? List.copyOf(tags) : tags.stream().sorted().toList();
        var keys = new ArrayList<>(List.of(RedisKeys.entry(key), RedisKeys.EPOCH, RedisKeys.SWEEP));
        sorted.forEach(tag -> keys.add(RedisKeys.token(tag)));
        return lookups.get(keys).<SharedLookup>map(values -> new Look(key, sorted, values))
                .orElse(NoSharedLevel.Nothing.FOUND);
    }

    @Override
    public OptionalLong drop(Invalidation invalidation) {
        return link.insist(redis -> RedisDrops.drop(invalidation, redis)).map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    private final class Look implements SharedLookup {

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
            this.tokens = new ArrayList<>(values.size() - 1);
            values.subList(1, values.size()).forEach(token -> tokens.add(token == null ? "" : token));
            String entry = values.getFirst();
            this.found = entry == null ? null : decode(entry);
        }

        @Override
        public @Nullable Entry<String> found() {
            return found;
        }

        @Override
        public boolean canKeep() {
            return true;
        }

        /** {@code end-of-life epoch tag tag|JSON}; Redis itself forgets an entry at the end of its life. */
        private @Nullable Entry<String> decode(String entry) {
            int header = entry.indexOf('|');
            int end = entry.indexOf(' ');
            if (end < 0 || header < end || !entry.substring(end + 1, header).equals(stamps())) {
                return null;
            }
            return new Entry<>(entry.substring(header + 1),
                    Instant.ofEpochMilli(Long.parseLong(entry.substring(0, end))));
        }

        /** The tokens that an entry bears: all but the sweep's. */
        private String stamps() {
            var stamps = new StringBuilder(tokens.getFirst());
            tokens.subList(2, tokens.size()).forEach(token -> stamps.append(' ').append(token));
            return stamps.toString();
        }

        @Override
        public boolean keep(Entry<String> loaded) {
            var now = clock.instant();
            long lives = Duration.between(now, loaded.expiresAt()).toMillis();
            var json = String.valueOf(loaded.value());
            if (lives <= 0 || json.getBytes(StandardCharsets.UTF_8).length > maxBytes) {
                return false;
            }
            var keys = new ArrayList<>(List.of(RedisKeys.entry(key), RedisKeys.EPOCH, RedisKeys.SWEEP));
            tags.forEach(tag -> keys.add(RedisKeys.token(tag)));
            tags.forEach(tag -> keys.add(RedisKeys.index(tag)));
            var arguments = new ArrayList<>(List.of(String.valueOf(tags.size()), UUID.randomUUID().toString(), json,
                    String.valueOf(lives), String.valueOf(lives + MARGIN.toMillis()),
                    String.valueOf(now.toEpochMilli()), String.valueOf(loaded.expiresAt().toEpochMilli())));
            arguments.addAll(tokens);
            return link.call(redis -> Optional.of(redis.eval(RedisScripts.KEEP, keys, arguments)))
                    .map(kept -> kept.equals(1L)).orElse(false);
        }

        @Override
        public Lease lease() {
            String owner = UUID.randomUUID().toString();
            return link
                    .call(redis -> Optional.of(redis.eval(RedisScripts.LEASE, List.of(RedisKeys.lease(key)),
                            List.of(owner, String.join(" ", tokens), String.valueOf(LONGEST_LEASE.toMillis())))))
                    .map(answer -> answer.equals(1L) ? new Granted(key, owner) : Lease.taken())
                    .orElseGet(Lease::unknown);
        }
    }

    private final class Granted implements Lease {

        private final String key;
        private final String owner;

        Granted(String key, String owner) {
            this.key = key;
            this.owner = owner;
        }

        @Override
        public State state() {
            return State.GRANTED;
        }

        @Override
        public void close() {
            link.call(redis -> Optional
                    .of(redis.eval(RedisScripts.GIVE_BACK, List.of(RedisKeys.lease(key)), List.of(owner))));
        }
    }
}
