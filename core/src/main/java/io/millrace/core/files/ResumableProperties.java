package io.millrace.core.files;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

/**
 * Settings of uploads that come in several requests.
 *
 * @param expiresAfter
 *            how long what has come is kept after the last byte of it; at least a minute
 * @param takeOverWait
 *            how long a request waits for another one that is just writing a piece of the same upload
 */
@ConfigurationProperties("millrace.files.resumable")
record ResumableProperties(@DefaultValue("24h") Duration expiresAfter, @DefaultValue("5s") Duration takeOverWait) {

    ResumableProperties {
        Assert.isTrue(expiresAfter.compareTo(Duration.ofMinutes(1)) >= 0,
                "millrace.files.resumable.expires-after must be at least a minute, e.g. 24h");
        Assert.isTrue(takeOverWait.isPositive(), "millrace.files.resumable.take-over-wait must be positive, e.g. 5s");
    }
}
