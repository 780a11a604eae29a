package io.millrace.core.cache;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.springframework.context.annotation.Conditional;
import org.springframework.stereotype.Component;

import io.millrace.jobs.JobResults.JobResult;
import io.millrace.jobs.ResultCache;

/**
 * Job results in Redis, one key each: the instant of expiry in microseconds, a line feed, the JSON. Redis forgets a key
 * when its result expires, so nothing has to be cleaned up. Of two results of one job, the one that expires later stays,
 * whichever comes last: a reader that was slow to copy from the database brings back nothing that a worker has replaced.
 */
@Component
@Conditional(OnRedisUrl.class)
final class RedisResultCache implements ResultCache {

    private static final String PUT_UNLESS_OLDER = """
                                                   local there = redis.call('GETRANGE', KEYS[1], 0, 19)
                                                   local expiry = tonumber(string.match(there, '^%d+'))
                                                   if expiry and expiry > tonumber(ARGV[1]) then return 0 end
                                                   redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
                                                   return 1
                                                   """;

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
        String value = micros(result.expiresAt()) + "\n" + result.json();
        if (left.toMillis() <= 0 || value.getBytes(StandardCharsets.UTF_8).length > maxBytes) {
            forget(jobId);
            return;
        }
        redis.call(commands -> Optional.ofNullable(commands.eval(PUT_UNLESS_OLDER, List.of(key(jobId)),
                List.of(String.valueOf(micros(result.expiresAt())), value, String.valueOf(left.toMillis())))));
    }

    @Override
    public void forget(UUID jobId) {
        redis.call(commands -> Optional.of(commands.unlink(key(jobId))));
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    private static String key(UUID jobId) {
        return "millrace:result:" + jobId;
    }

    /** Empty for a value that something else wrote: the database has the result. */
    private static Optional<JobResult> decode(String value) {
        int end = Math.max(value.indexOf('\n'), 0);
        try {
            return Optional.of(new JobResult(value.substring(end + 1),
                    Instant.EPOCH.plus(Long.parseLong(value.substring(0, end)), ChronoUnit.MICROS)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
