package io.millrace.core.mail;

import java.util.UUID;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import io.millrace.jobs.Job;
import io.millrace.jobs.JobType;

/**
 * Sends a user the link by which they choose another password. Whoever holds the link can, so it should work once and for a
 * short time: no log, no label and no answer of the API shows it, but the job's row holds it until the row is swept. It is sent
 * also to who has unsubscribed.
 *
 * @param resetUrl
 *            where the link leads
 */
@JobType(name = "send-password-reset", queue = "mail", maxAttempts = 17, backOff = "PT10S", maxBackOff = "PT4H")
public record SendPasswordReset(@NotNull UUID userId,
        @NotBlank @Size(max = 2000) @Pattern(regexp = "https?://[!#-;=?-\\[\\]_a-z~%]+", message = "must be an http or https URL in ASCII") String resetUrl)
        implements
            Job<MailSent> {

    /** Without the link. */
    @Override
    public String toString() {
        return "SendPasswordReset[userId=" + userId + "]";
    }
}
