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
 *            may be queued; further ones wait for a moment, then are answered 503
 * @param retryAfter
 *            what a refused one is told to wait
 * @param enqueuesAtOnce
 *            how many {@code POST /jobs} may be coming in, and how many may be waiting to be queued; further ones are answered 503
 * @param longestKeyWait
 *            how long a request waits for another with the same key before it is told that that one is still under way
 * @param maxLabels
 *            of one job; no more than the engine's own
 * @param maxLabelLength
 *            in characters; no more than the engine's own
 * @param maxRetried
 *            by one {@code POST /jobs/retry}
 */
@Validated
@ConfigurationProperties("millrace.api.jobs")
record JobsSettings(@DefaultValue("64KB") @NotNull DataSize maxPayload,
        @DefaultValue("10000") @Min(1) @Max(1_000_000) int maxBulkJobs,
        @DefaultValue("64MB") @NotNull DataSize maxBulkBody, @DefaultValue("4") @Positive int bulksAtOnce,
        @DefaultValue("PT5S") @NotNull @DurationMin(seconds = 1) Duration retryAfter,
        @DefaultValue("1000") @Positive int enqueuesAtOnce,
        @DefaultValue("PT5S") @NotNull @DurationMin(millis = 1) Duration longestKeyWait,
        @DefaultValue("3") @Min(0) @Max(3) int maxLabels, @DefaultValue("45") @Min(1) @Max(45) int maxLabelLength,
        @DefaultValue("10000") @Min(1) @Max(10_000) int maxRetried) {

    /** What a job has beside its payload, and the space between its tokens. */
    private static final int BESIDE_THE_PAYLOAD = 16 * 1024;

    /** The bytes that a job may have as a whole, with its payload written as it likes. */
    int longestJob() {
        return (int) Math.min(Integer.MAX_VALUE / 2, maxPayload.toBytes() * 2 + BESIDE_THE_PAYLOAD);
    }
}
