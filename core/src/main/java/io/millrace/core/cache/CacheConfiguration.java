package io.millrace.core.cache;

import java.time.Clock;
import java.util.random.RandomGenerator;

import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** The cache: with Redis where one is configured, in memory alone where none is. */
@Configuration(proxyBeanMethods = false)
class CacheConfiguration {

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static CacheResultAdvisor cacheResultAdvisor(ObjectProvider<TwoLevelCache> cache, ObjectProvider<JsonMapper> json,
            ObjectProvider<MeterRegistry> meters) {
        return new CacheResultAdvisor(() -> new CacheResultAdvisor.Parts(cache.getObject(), json.getObject(),
                meters.getIfAvailable(CompositeMeterRegistry::new)));
    }

    @Bean
    TwoLevelCache twoLevelCache(ObjectProvider<SharedLevel> shared, CacheSettings settings, Clock clock) {
        return new TwoLevelCache(new MemoryLevel(settings, clock, Ticker.systemTicker()),
                shared.getIfAvailable(NoSharedLevel::new), settings, clock, RandomGenerator.getDefault());
    }

    @Bean
    CacheInvalidation cacheInvalidation(TwoLevelCache cache, ObjectProvider<InvalidationLog> log) {
        return new CacheInvalidation(cache, log.getIfAvailable());
    }

    @Configuration(proxyBeanMethods = false)
    @Conditional(OnRedisUrl.class)
    static class WithRedis {

        @Bean
        RedisLevel redisLevel(RedisLink link, RedisSettings redis, Clock clock) {
            return new RedisLevel(link, redis, clock);
        }

        @Bean
        MeterBinder redisMeters(RedisLink link) {
            return meters -> Gauge.builder("millrace.cache.down", link, its -> its.isDown() ? 1 : 0)
                    .description("1 while Redis does not answer and this process goes on without it").register(meters);
        }

        @Bean
        InvalidationLog invalidationLog(JdbcClient jdbc) {
            return new InvalidationLog(jdbc);
        }

        @Bean
        CacheUpkeep cacheUpkeep(RedisLink link, RedisLevel shared, InvalidationLog log, TwoLevelCache cache) {
            return new CacheUpkeep(link, shared, log, cache);
        }
    }
}
