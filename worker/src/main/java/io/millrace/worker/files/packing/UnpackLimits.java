package io.millrace.worker.files.packing;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How much one packed file may cost, whatever it claims to hold.
 *
 * @param maxUnpacked
 *            of all that is unpacked of a file, at every depth, together; a file with more fails for good
 * @param maxRatio
 *            how many times as large as what was read of the file the unpacked may be; a file with more fails for good
 * @param ratioFrom
 *            how much must be unpacked before the ratio counts: a small table of much the same is no bomb
 * @param maxEntries
 *            how many files are profiled of one archive, those of archives in it included; the others are counted
 * @param maxDepth
 *            how many packings one within the other are unpacked; what is packed deeper is told by its media type. 0: none
 */
@Validated
@ConfigurationProperties("millrace.profile")
public record UnpackLimits(@DefaultValue("50GB") DataSize maxUnpacked, @DefaultValue("200") @Min(1) int maxRatio,
        @DefaultValue("64MB") DataSize ratioFrom, @DefaultValue("1000") @Min(0) @Max(10_000) int maxEntries,
        @DefaultValue("2") @Min(0) @Max(10) int maxDepth) {

    /**
     * @throws IllegalArgumentException
     *             if a size is not positive
     */
    public UnpackLimits {
        if (maxUnpacked.toBytes() <= 0) {
            throw new IllegalArgumentException("millrace.profile.max-unpacked must be positive, e.g. 50GB");
        }
        if (ratioFrom.toBytes() <= 0) {
            throw new IllegalArgumentException("millrace.profile.ratio-from must be positive, e.g. 64MB");
        }
    }
}
