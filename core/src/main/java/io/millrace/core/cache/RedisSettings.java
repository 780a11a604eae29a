package io.millrace.core.cache;

import java.time.Duration;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;

import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Where Redis is and how little may be spent on it.
 *
 * @param url
 *            {@code redis://[user:password@]host:port[/database]} or {@code rediss://…} for TLS; empty for none. A text
 *            and not a URI, so that no complaint about settings prints the password in it
 * @param timeout
 *            for connecting and for each command; a slower Redis counts as gone
 * @param connections
 *            at most; a call that finds none free goes without the cache
 * @param retryAfter
 *            how often a Redis that is gone is tried again, in the background
 * @param maxValue
 *            larger results are not kept in Redis: they would hold up everybody else's
 */
@Validated
@ConfigurationProperties("millrace.redis")
record RedisSettings(@DefaultValue("") String url,
        @NotNull @DurationMin(millis = 1) @DefaultValue("200ms") Duration timeout,
        @Positive @DefaultValue("16") int connections,
        @NotNull @DurationMin(millis = 1) @DefaultValue("1s") Duration retryAfter,
        @NotNull @DefaultValue("256KB") DataSize maxValue) {

    /** Without the URL: settings end up in logs. */
    @Override
    public String toString() {
        return "RedisSettings[timeout=" + timeout + ", connections=" + connections + ", retryAfter=" + retryAfter
                + ", maxValue=" + maxValue + "]";
    }
}
