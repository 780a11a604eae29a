package io.millrace.core.mail;

import java.time.Instant;
import java.util.List;

/**
 * The result of a mail job.
 *
 * @param messageId
 *            the Message-ID header, angle brackets included
 * @param accepted
 *            the recipients the mail server accepted
 * @param sentAt
 *            when it accepted them
 */
public record MailSent(String messageId, List<String> accepted, Instant sentAt) {

    public MailSent {
        accepted = List.copyOf(accepted);
    }
}
