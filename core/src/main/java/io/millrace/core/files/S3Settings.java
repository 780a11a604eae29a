package io.millrace.core.files;

import java.net.URI;

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
 */
record S3Settings(@Nullable URI endpoint, @DefaultValue("us-east-1") String region, String bucket,
        @Nullable String accessKey, @Nullable String secretKey, @DefaultValue("false") boolean pathStyle) {

    S3Settings {
        Assert.hasText(bucket, "millrace.files.s3.bucket must name a bucket that exists");
        Assert.isTrue((accessKey == null) == (secretKey == null),
                "millrace.files.s3.access-key and secret-key belong together: set both or neither");
        Assert.isTrue(endpoint == null || endpoint.getHost() != null,
                "millrace.files.s3.endpoint must be an address such as http://minio:9000");
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "S3Settings[endpoint=" + endpoint + ", region=" + region + ", bucket=" + bucket + "]";
    }
}
