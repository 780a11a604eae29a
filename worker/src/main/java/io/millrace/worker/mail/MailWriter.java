package io.millrace.worker.mail;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import jakarta.mail.Address;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;

import org.springframework.stereotype.Component;

/**
 * Writes letters as messages (RFC 5322). A Bcc header is there for the one who delivers to find the recipients in, as
 * {@link MimeMessage#getAllRecipients}; Jakarta Mail's transport leaves it out of what it sends.
 */
@Component
final class MailWriter {

    private static final String UTF_8 = StandardCharsets.UTF_8.name();

    private final MailSettings settings;
    private final Clock clock;

    MailWriter(MailSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * The message, whole and saved; attachments are read as it is written out, each time anew.
     *
     * @param messageId
     *            with angle brackets
     */
    MimeMessage write(Letter letter, String messageId) throws MessagingException {
        var message = new LetterMessage(messageId);
        message.setFrom(settings.from());
        address(message, letter.addressees());
        message.setSubject(letter.subject(), UTF_8);
        message.setSentDate(Date.from(clock.instant()));
        if (letter.unsubscribe() != null) {
            // RFC 8058: the second line lets a mail program unsubscribe by one POST, without showing a page.
            message.setHeader("List-Unsubscribe", "<" + letter.unsubscribe() + ">");
            message.setHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }
        LetterBody.of(letter).fill(message);
        message.saveChanges();
        return message;
    }

    private static void address(MimeMessage message, Addressees addressees) throws MessagingException {
        message.setRecipients(RecipientType.TO, mailboxes(addressees.to()));
        message.setRecipients(RecipientType.CC, mailboxes(addressees.cc()));
        message.setRecipients(RecipientType.BCC, mailboxes(addressees.bcc()));
        if (addressees.replyTo() != null) {
            message.setReplyTo(mailboxes(List.of(addressees.replyTo())));
        }
    }

    private static Address[] mailboxes(List<Recipient> recipients) {
        return recipients.stream().map(Recipient::mailbox).toArray(Address[]::new);
    }
}
