package io.millrace.api.jobs;

import java.time.Duration;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;

import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How many callers of a process may follow jobs at once. Each holds a socket and some ten kilobytes; the two together stay under
 * {@code server.tomcat.max-connections}.
 *
 * @param waits
 *            for results; further ones are answered 503
 * @param streams
 *            of events; further ones are answered 503
 * @param retryAfter
 *            what a refused one is told to wait
 * @param heartbeat
 *            how long a stream of events may be silent: shorter than what proxies allow, and how soon a client that has gone
 *            is noticed
 */
@Validated
@ConfigurationProperties("millrace.api.follow")
record FollowSettings(@DefaultValue("5000") @Positive int waits, @DefaultValue("2000") @Positive int streams,
        @DefaultValue("PT2S") @NotNull @DurationMin(seconds = 1) Duration retryAfter,
        @DefaultValue("PT15S") @NotNull @DurationMin(millis = 100) Duration heartbeat) {
}
