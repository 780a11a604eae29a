package io.millrace.worker.mail.smtp;

import java.time.Duration;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How this worker talks to its mail server; where that is and who logs in stands in {@code spring.mail.*}.
 *
 * @param openTime
 *            for a new connection as a whole: TCP, TLS, greeting and login
 * @param sendTime
 *            for one message as a whole, once there is a connection; the answer to the message may take all that is left of it, any other
 *            {@code mail.smtp.timeout} of {@code spring.mail.properties}
 */
@Validated
@ConfigurationProperties("millrace.mail")
record SmtpSettings(@DefaultValue("required") Tls tls, @DefaultValue @Valid Connections connections,
        @DefaultValue("30s") @DurationMin(millis = 1) @DurationMax(minutes = 10) Duration openTime,
        @DefaultValue("5m") @DurationMin(millis = 1) @DurationMax(hours = 1) Duration sendTime) {

    enum Tls {
        /** From the first byte, as {@code spring.mail.ssl} or the protocol {@code smtps} asks for, or else by STARTTLS. */
        REQUIRED,
        /** As {@code spring.mail.*} says, and so without unless that asks for it. */
        OFF
    }

    /**
     * Those to the mail server.
     *
     * @param max
     *            of this process, at once
     * @param mails
     *            that one carries before it is closed
     * @param maxAge
     *            after which it is closed, once its mail is sent
     * @param maxIdle
     *            how long it is kept for the next mail; at most twice as long
     */
    record Connections(@DefaultValue("8") @Min(1) @Max(1000) int max, @DefaultValue("100") @Min(1) int mails,
            @DefaultValue("5m") @DurationMin(millis = 1) Duration maxAge,
            @DefaultValue("30s") @DurationMin(millis = 1) @DurationMax(days = 1) Duration maxIdle) {
    }
}
