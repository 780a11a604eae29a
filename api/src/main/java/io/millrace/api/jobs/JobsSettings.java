package io.millrace.api.jobs;

import java.time.Duration;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;

import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How much callers may queue at once.
 *
 * @param maxPayload
 *            of one job, as JSON without spaces between its tokens
 * @param maxBulkJobs
 *            of one {@code POST /jobs/bulk}
 * @param maxBulkBody
 *            its body; it is spooled to the temporary folder while it comes in
 * @param bulksAtOnce
 *            further ones are answered 503
 * @param retryAfter
 *            what a refused one is told to wait
 * @param enqueuesAtOnce
 *            how many {@code POST /jobs} may be under way; further ones are answered 503
 * @param longestKeyWait
 *            how long a request waits for another with the same key before it is told that that one is still under way
 */
@Validated
@ConfigurationProperties("millrace.api.jobs")
record JobsSettings(@DefaultValue("64KB") @NotNull DataSize maxPayload,
        @DefaultValue("10000") @Min(1) @Max(1_000_000) int maxBulkJobs,
        @DefaultValue("64MB") @NotNull DataSize maxBulkBody, @DefaultValue("4") @Positive int bulksAtOnce,
        @DefaultValue("PT5S") @NotNull @DurationMin(seconds = 1) Duration retryAfter,
        @DefaultValue("1000") @Positive int enqueuesAtOnce,
        @DefaultValue("PT5S") @NotNull @DurationMin(millis = 1) Duration longestKeyWait) {
}
