package io.millrace.core.mail;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The result of a mail job.
 *
 * @param messageId
 *            the Message-ID header, angle brackets included
 * @param accepted
 *            the recipients the mail server accepted
 * @param sentAt
 *            when it accepted the last of them
 * @param refused
 *            the recipients it refused for good; there is none in results from before there was this field
 */
public record MailSent(String messageId, List<String> accepted, Instant sentAt, List<Refused> refused) {

    public MailSent(String messageId, List<String> accepted, Instant sentAt, @Nullable List<Refused> refused) {
        this.messageId = messageId;
        this.accepted = List.copyOf(accepted);
        this.sentAt = sentAt;
        this.refused = refused == null ? List.of() : List.copyOf(refused);
    }

    /** Nobody was refused. */
    public MailSent(String messageId, List<String> accepted, Instant sentAt) {
        this(messageId, accepted, sentAt, List.of());
    }

    /**
     * A recipient who does not get the mail.
     *
     * @param reply
     *            the mail server's code (RFC 5321) and enhanced code (RFC 3463), e.g. {@code 550 5.1.1}
     */
    public record Refused(String recipient, String reply) {
    }
}
