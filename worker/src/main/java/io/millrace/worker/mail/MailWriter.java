package io.millrace.worker.mail;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Date;
import java.util.Properties;
import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;

import org.springframework.stereotype.Component;

/** Writes letters as messages (RFC 5322). */
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
     * The message, whole and saved.
     *
     * @param messageId
     *            with angle brackets
     */
    MimeMessage write(Letter letter, String messageId) throws MessagingException {
        var message = new MimeMessage(Session.getInstance(new Properties()));
        message.setFrom(settings.from());
        message.setRecipients(Message.RecipientType.TO,
                letter.recipients().stream().map(Recipient::mailbox).toArray(Address[]::new));
        message.setSubject(letter.subject(), UTF_8);
        message.setSentDate(Date.from(clock.instant()));
        if (letter.html() == null) {
            message.setText(letter.text(), UTF_8);
        } else {
            message.setContent(
                    new MimeMultipart("alternative", part(letter.text(), "plain"), part(letter.html(), "html")));
        }
        message.saveChanges();
        message.setHeader("Message-ID", messageId);
        return message;
    }

    private static MimeBodyPart part(String content, String subtype) throws MessagingException {
        var part = new MimeBodyPart();
        part.setText(content, UTF_8, subtype);
        return part;
    }
}
