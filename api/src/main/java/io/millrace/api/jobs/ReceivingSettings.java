package io.millrace.api.jobs;

import java.time.Duration;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;

import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What bodies that describe jobs may take up while they come in and are read.
 *
 * @param maxHeld
 *            the bytes of all bodies of single jobs, and of schedules, that are read as JSON at the same time. As JSON one may take
 *            some 20 times as much memory
 * @param longestJob
 *            how long such a body may take to come in, and one pause of its client more
 * @param bulksAtOnce
 *            how many bulks may come in, or wait to be queued; far more than are queued at once, because slow clients hold these places
 * @param longestBulk
 *            how long a bulk may take to come in, and one pause of its client more
 * @param maxSpooled
 *            the bytes of all bulks in the temporary folder, and so of a single one
 * @param longestWait
 *            how long a bulk that is there waits for a place among those that are queued
 */
@Validated
@ConfigurationProperties("millrace.api.receiving")
record ReceivingSettings(@DefaultValue("8MB") @NotNull DataSize maxHeld,
        @DefaultValue("PT30S") @NotNull @DurationMin(millis = 1) Duration longestJob,
        @DefaultValue("32") @Positive int bulksAtOnce,
        @DefaultValue("PT2M") @NotNull @DurationMin(millis = 1) Duration longestBulk,
        @DefaultValue("256MB") @NotNull DataSize maxSpooled,
        @DefaultValue("PT10S") @NotNull Duration longestWait) {

    ReceivingSettings {
        if (maxHeld.toBytes() < 1 || maxHeld.toBytes() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("millrace.api.receiving.max-held must be from 1B to 2047MB.");
        }
        if (maxSpooled.toBytes() < 1) {
            throw new IllegalArgumentException("millrace.api.receiving.max-spooled must be more than nothing.");
        }
    }
}
