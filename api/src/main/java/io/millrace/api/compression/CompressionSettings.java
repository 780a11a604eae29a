package io.millrace.api.compression;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Which answers are compressed, and how hard. Higher levels cost more time for fewer bytes.
 *
 * @param enabled
 *            off where a proxy in front does it
 * @param minSize
 *            shorter answers are sent as they are: they fit one packet either way. What has no known length and is
 *            flushed before it is that long is a stream, and compressed
 * @param zstdLevel
 *            1 to 19; above that a decoder needs more memory than RFC 9659 lets a server ask for
 * @param brotliLevel
 *            0 to 11; from 5 on it is made for what is compressed once and served often
 * @param gzipLevel
 *            1 to 9
 */
@Validated
@ConfigurationProperties("millrace.api.compression")
record CompressionSettings(@DefaultValue("true") boolean enabled, @DefaultValue("1000B") @NotNull DataSize minSize,
        @DefaultValue("3") @Min(1) @Max(19) int zstdLevel, @DefaultValue("4") @Min(0) @Max(11) int brotliLevel,
        @DefaultValue("6") @Min(1) @Max(9) int gzipLevel) {
}
