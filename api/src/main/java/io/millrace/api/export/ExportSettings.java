package io.millrace.api.export;

import java.time.Duration;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;

import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How much exports may take. Their connections are {@code millrace.api.export.pool.*}, see {@link ExportPool}.
 *
 * @param atOnce
 *            further exports are answered 503; not more than connections in the pool, so that none waits for one
 * @param retryAfter
 *            what a refused one is told to wait
 * @param batchSize
 *            rows per statement, and in memory; more are hardly faster
 * @param slowestBatch
 *            a client that takes longer to take one batch is cut off, so that slow ones cannot hold all places
 * @param escapeFormulas
 *            in CSV, a text that a spreadsheet would run as a formula (it starts with = + - @, tab or carriage return)
 *            gets an apostrophe before it, as OWASP recommends; false for the exact texts, which JSON always has
 */
@Validated
@ConfigurationProperties("millrace.api.export")
record ExportSettings(@DefaultValue("4") @Positive int atOnce,
        @DefaultValue("PT10S") @NotNull @DurationMin(seconds = 1) Duration retryAfter,
        @DefaultValue("5000") @Min(1) @Max(50_000) int batchSize,
        @DefaultValue("PT1M") @NotNull @DurationMin(seconds = 1) Duration slowestBatch,
        @DefaultValue("true") boolean escapeFormulas) {
}
