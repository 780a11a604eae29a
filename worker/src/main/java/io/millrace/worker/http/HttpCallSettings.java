package io.millrace.worker.http;

import java.time.Duration;
import java.util.List;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;

import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How this worker calls other services.
 *
 * @param allowedTargets
 *            whom it may call though their address is private, loopback or link-local: host, address or range, each with {@code :port} or
 *            without
 * @param signingSecrets
 *            what requests are signed with, {@code whsec_} and base64 each; the newest first. None: requests are not signed
 * @param connectTimeout
 *            for one address of a host
 * @param maxAnswer
 *            how much of an answer is read and kept; up to 1 MB
 * @param maxRedirects
 *            of one call
 * @param maxConnectionsPerHost
 *            at once; calls beyond that wait for one, within their own time
 * @param maxConnections
 *            at once, to all hosts
 * @param maxLookUps
 *            how many hosts' names are looked up at once, each by a thread of the operating system's; sixteen times as many wait, and
 *            calls beyond that are made later, as after any other failure
 * @param longestRetryAfter
 *            a service that asks to be left alone for longer is called again after this
 */
@Validated
@ConfigurationProperties("millrace.http-call")
record HttpCallSettings(@DefaultValue List<String> allowedTargets, @DefaultValue List<String> signingSecrets,
        @DefaultValue("5s") @DurationMin(millis = 1) Duration connectTimeout, @DefaultValue("16KB") DataSize maxAnswer,
        @DefaultValue("Millrace") @NotBlank @Pattern(regexp = "[ -~]*") String userAgent,
        @DefaultValue("5") @Min(0) @Max(20) int maxRedirects, @DefaultValue("16") @Min(1) int maxConnectionsPerHost,
        @DefaultValue("64") @Min(1) int maxConnections, @DefaultValue("16") @Min(1) @Max(1000) int maxLookUps,
        @DefaultValue("1d") @DurationMin @DurationMax(days = 365) Duration longestRetryAfter) {

    private static final DataSize LARGEST_ANSWER = DataSize.ofMegabytes(1);

    /**
     * @throws IllegalArgumentException
     *             if an answer may be larger than 1 MB, or not be read at all
     */
    HttpCallSettings {
        if (maxAnswer.compareTo(DataSize.ofBytes(1)) < 0 || maxAnswer.compareTo(LARGEST_ANSWER) > 0) {
            throw new IllegalArgumentException("millrace.http-call.max-answer must be from 1B to 1MB");
        }
        allowedTargets = allowedTargets.stream().filter(target -> !target.isBlank()).map(String::strip).toList();
        signingSecrets = signingSecrets.stream().filter(secret -> !secret.isBlank()).map(String::strip).toList();
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "HttpCallSettings[allowedTargets=" + allowedTargets + ", signingSecrets=" + signingSecrets.size()
                + ", maxAnswer=" + maxAnswer + "]";
    }
}
