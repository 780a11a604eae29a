package io.millrace.core.files;

import java.net.URI;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

/**
 * Where contents are in S3.
 *
 * @param endpoint
 *            of a service that is not Amazon's, e.g. {@code http://minio:9000}; null for Amazon's
 * @param region
 *            what requests are signed for
 * @param bucket
 *            which exists; objects lie under {@code files/} there
 * @param accessKey
 *            with {@code secretKey}, or neither: then what the AWS SDK finds (environment, profile, container, instance)
 * @param pathStyle
 *            whether the bucket stands in the path, not the host name; most services that are not Amazon's want it
 * @param transfers
 *            how many files this process sends there or reads from there at once; each takes some 8 MiB of memory, for a moment twice that
 * @param transferWait
 *            how long the next one waits for its turn
 */
record S3Settings(@Nullable URI endpoint, @DefaultValue("us-east-1") String region, String bucket,
        @Nullable String accessKey, @Nullable String secretKey, @DefaultValue("false") boolean pathStyle,
        @DefaultValue("16") int transfers, @DefaultValue("10s") Duration transferWait) {

    S3Settings {
        Assert.hasText(bucket, "millrace.files.s3.bucket must name a bucket that exists");
        Assert.isTrue((accessKey == null) == (secretKey == null),
                "millrace.files.s3.access-key and secret-key belong together: set both or neither");
        Assert.isTrue(endpoint == null || endpoint.getHost() != null,
                "millrace.files.s3.endpoint must be an address such as http://minio:9000");
        Assert.isTrue(transfers > 0, "millrace.files.s3.transfers must be positive, e.g. 16");
        Assert.isTrue(transferWait.isPositive(), "millrace.files.s3.transfer-wait must be positive, e.g. 10s");
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "S3Settings[endpoint=" + endpoint + ", region=" + region + ", bucket=" + bucket + "]";
    }
}
