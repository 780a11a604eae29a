package io.millrace.dashboard.access;

import java.time.Duration;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How often a password may be wrong.
 *
 * @param freeAttempts
 *            how many failures of a name, or from an address, cost nothing
 * @param firstDelay
 *            how long the next attempt must wait then; twice as long after each further failure
 * @param longestDelay
 *            but no longer than this
 */
@Validated
@ConfigurationProperties("millrace.dashboard.login")
record LoginSettings(@DefaultValue("5") @Min(1) int freeAttempts,
        @DefaultValue("1s") @NotNull @DurationMin(seconds = 1) Duration firstDelay,
        @DefaultValue("5m") @NotNull @DurationMin(seconds = 1) Duration longestDelay) {
}
