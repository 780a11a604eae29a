package io.millrace.core.mail;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.jspecify.annotations.Nullable;

import io.millrace.jobs.Job;
import io.millrace.jobs.JobType;

/**
 * One mail to one recipient.
 *
 * @param subject
 *            one line
 * @param text
 *            the plain text part
 * @param html
 *            the HTML part beside it; null for a mail of plain text only
 */
@JobType(name = "send-email", queue = "mail")
public record SendEmail(@NotBlank @EmailAddress String to,
        @NotBlank @Size(max = 200) @Pattern(regexp = "[^\\p{Cntrl}]*", message = "must be one line without control characters") String subject,
        @NotBlank @Size(max = 60_000) String text, @Nullable @Size(max = 60_000) String html) implements Job<MailSent> {
}
