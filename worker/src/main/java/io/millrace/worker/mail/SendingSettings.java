package io.millrace.worker.mail;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

import io.millrace.core.mail.SendEmail;
import io.millrace.core.mail.SendPasswordReset;
import io.millrace.core.mail.SendWeeklyDigest;
import io.millrace.core.mail.SendWelcomeEmail;
import io.millrace.jobs.JobType;

/**
 * How mails are sent once each.
 *
 * @param whenUnknown
 *            by job type; {@link WhenUnknown#RESEND} for those not named
 * @param loginPause
 *            how long no mail is sent after the server refused the login; each further refusal doubles it
 * @param longestLoginPause
 *            no pause is longer
 * @param keep
 *            how long what is known of a mail is kept at least; while its job can still be put back, longer
 * @param sweepInterval
 *            the pause between two looks for what is to be kept no longer, in each process
 */
@Validated
@ConfigurationProperties("millrace.mail")
record SendingSettings(@DefaultValue Map<String, WhenUnknown> whenUnknown,
        @DefaultValue("1m") @DurationMin(millis = 1) @DurationMax(days = 1) Duration loginPause,
        @DefaultValue("30m") @DurationMin(millis = 1) @DurationMax(days = 1) Duration longestLoginPause,
        @DefaultValue("7d") @DurationMin(hours = 1) Duration keep,
        @DefaultValue("10m") @DurationMin(millis = 1) Duration sweepInterval) {

    private static final Set<String> MAILS = Stream
            .of(SendEmail.class, SendWelcomeEmail.class, SendWeeklyDigest.class, SendPasswordReset.class)
            .map(type -> type.getAnnotation(JobType.class).name()).collect(Collectors.toUnmodifiableSet());

    /**
     * @throws IllegalArgumentException
     *             if {@code whenUnknown} names what is no mail
     */
    SendingSettings {
        whenUnknown = Map.copyOf(whenUnknown);
        whenUnknown.keySet().stream().filter(name -> MAILS.stream().noneMatch(type -> plain(type).equals(plain(name))))
                .findFirst().ifPresent(name -> {
                    throw new IllegalArgumentException("millrace.mail.when-unknown." + name
                            + " names no job type that sends mail: those are " + new TreeSet<>(MAILS));
                });
    }

    /** What holds for mails of this job type. */
    WhenUnknown whenUnknown(String type) {
        return whenUnknown.entrySet().stream().filter(entry -> plain(entry.getKey()).equals(plain(type)))
                .map(Map.Entry::getValue).findFirst().orElse(WhenUnknown.RESEND);
    }

    /** An environment variable's name has no hyphens: …_SENDEMAIL and …_SEND_EMAIL are of send-email. */
    private static String plain(String type) {
        return type.replaceAll("[-._]", "").toLowerCase(Locale.ROOT);
    }
}
