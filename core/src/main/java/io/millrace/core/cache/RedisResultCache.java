package io.millrace.core.cache;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.UUID;

import org.springframework.context.annotation.Conditional;
import org.springframework.stereotype.Component;
import redis.clients.jedis.params.SetParams;

import io.millrace.jobs.JobResults.JobResult;
import io.millrace.jobs.ResultCache;

/**
 * Job results in Redis, one key each: the instant of expiry, a line feed, the JSON. Redis forgets a key when its result
 * expires, so nothing has to be cleaned up.
 */
@Component
@Conditional(OnRedisUrl.class)
final class RedisResultCache implements ResultCache {

    private final RedisLink redis;
    private final Clock clock;
    private final long maxBytes;

    RedisResultCache(RedisLink redis, RedisSettings settings, Clock clock) {
        this.redis = redis;
        this.clock = clock;
        this.maxBytes = settings.maxValue().toBytes();
    }

    @Override
    public Optional<JobResult> get(UUID jobId) {
        return redis.call(commands -> Optional.ofNullable(commands.get(key(jobId)))).flatMap(RedisResultCache::decode)
                .filter(result -> result.expiresAt().isAfter(clock.instant()));
    }

    @Override
    public void put(UUID jobId, JobResult result) {
        Duration left = Duration.between(clock.instant(), result.expiresAt());
        String value = result.expiresAt() + "\n" + result.json();
        if (left.toMillis() > 0 && value.getBytes(StandardCharsets.UTF_8).length <= maxBytes) {
            redis.call(commands -> Optional
                    .ofNullable(commands.set(key(jobId), value, SetParams.setParams().px(left.toMillis()))));
        }
    }

    private static String key(UUID jobId) {
        return "millrace:result:" + jobId;
    }

    /** Empty for a value that something else wrote: the database has the result. */
    private static Optional<JobResult> decode(String value) {
        int end = Math.max(value.indexOf('\n'), 0);
        try {
            return Optional.of(new JobResult(value.substring(end + 1), Instant.parse(value.substring(0, end))));
        } catch (DateTimeParseException | StringIndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }
}
