package io.millrace.core.files;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the file store.
 *
 * @param maxSize
 *            the largest file that is taken, e.g. {@code 5GB}
 * @param abandonedAfter
 *            how long an upload or a removal may stand still before it counts as left by a process that died; at least a
 *            minute, and longer than the slowest client needs for 256 KiB
 * @param sweepInterval
 *            the pause between two looks for such leftovers, in each process
 */
@ConfigurationProperties("millrace.files")
record FilesProperties(@DefaultValue("5GB") DataSize maxSize, @DefaultValue("1h") Duration abandonedAfter,
        @DefaultValue("10m") Duration sweepInterval) {

    FilesProperties {
        Assert.isTrue(maxSize.toBytes() > 0, "millrace.files.max-size must be positive, e.g. 5GB");
        Assert.isTrue(abandonedAfter.compareTo(Duration.ofMinutes(1)) >= 0,
                "millrace.files.abandoned-after must be at least a minute, e.g. 1h");
        Assert.isTrue(sweepInterval.isPositive(), "millrace.files.sweep-interval must be positive, e.g. 10m");
    }
}
