package io.millrace.core.cache;

import java.time.Duration;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;

import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the {@link TwoLevelCache} keeps what it is given.
 *
 * @param memoryEntries
 *            at most in one process' memory; the ones used least go first
 * @param memoryTtl
 *            at most in memory: the bound on staleness for a process that hears of no invalidation
 * @param emptyTtl
 *            at most for null and empty values, which are cheap to ask for and often about to change
 * @param loadTimeout
 *            how long others of this process wait for one load before they load themselves, and for how long an invalidation is remembered
 *            against loads that began before it
 */
@Validated
@ConfigurationProperties("millrace.cache")
record CacheSettings(@Positive @DefaultValue("10000") int memoryEntries,
        @NotNull @DurationMin(millis = 1) @DefaultValue("30s") Duration memoryTtl,
        @NotNull @DurationMin(millis = 1) @DefaultValue("1m") Duration emptyTtl,
        @NotNull @DurationMin(millis = 100) @DurationMax(minutes = 10) @DefaultValue("10s") Duration loadTimeout) {
}
