package io.millrace.core.mail;

import java.util.UUID;
import jakarta.validation.constraints.NotNull;

import io.millrace.jobs.Job;
import io.millrace.jobs.JobType;

/**
 * Tells a user what they wrote in the last seven days and what was said to it. Who has unsubscribed from {@value #CATEGORY} gets
 * none: the job fails and says so. Whether a user wants one at all is for the caller to ask.
 */
@JobType(name = "send-weekly-digest", queue = "mail", maxAttempts = 35, backOff = "PT10S", maxBackOff = "PT4H")
public record SendWeeklyDigest(@NotNull UUID userId) implements Job<MailSent> {

    /** What its recipients unsubscribe from. */
    public static final String CATEGORY = "weekly-digest";
}
