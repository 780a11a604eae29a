package io.millrace.core.mail;

import java.util.UUID;
import jakarta.validation.constraints.NotNull;

import io.millrace.jobs.Job;
import io.millrace.jobs.JobType;

/** Greets a new user by name, in their language; enqueued in the transaction that registers the user. */
@JobType(name = "send-welcome-email", queue = "mail", maxAttempts = 35, backOff = "PT10S", maxBackOff = "PT4H")
public record SendWelcomeEmail(@NotNull UUID userId) implements Job<MailSent> {
}
