package io.millrace.worker.mail;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;

import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.stereotype.Component;

import io.millrace.core.mail.MailSent;
import io.millrace.jobs.PermanentFailure;

/**
 * Hands letters to the mail server. A letter that is sent again, because the attempt before broke off after the server
 * had accepted it, has the same Message-ID, by which mailboxes know it for the same mail.
 */
@Component
final class Postman {

    private static final String UTF_8 = StandardCharsets.UTF_8.name();

    private final JavaMailSenderImpl server;
    private final MailSettings settings;
    private final Clock clock;

    Postman(JavaMailSenderImpl server, MailSettings settings, Clock clock) {
        this.server = server;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Returns once the server has accepted the letter.
     *
     * @throws PermanentFailure
     *             if the server refuses the recipient or the letter for good
     * @throws MailDeferred
     *             if it refuses for now, or refuses us
     * @throws MailServerUnreachable
     *             if it gives no answer
     */
    MailSent send(UUID jobId, Letter letter) throws Exception {
        String messageId = "<" + jobId + "@" + settings.domain() + ">";
        MimeMessage message = write(letter);
        message.setHeader("Message-ID", messageId);
        try {
            server.send(message);
        } catch (MailException e) {
            if (!wasAccepted(e)) {
                throw SendFailure.explain(e, server.getHost() + ":" + server.getPort());
            }
        }
        return new MailSent(messageId, List.of(letter.to().address()), now());
    }

    private MimeMessage write(Letter letter) throws MessagingException {
        MimeMessage message = server.createMimeMessage();
        message.setFrom(settings.from());
        message.setRecipient(Message.RecipientType.TO, letter.to().mailbox());
        message.setSubject(letter.subject(), UTF_8);
        message.setSentDate(Date.from(now()));
        if (letter.html() == null) {
            message.setText(letter.text(), UTF_8);
        } else {
            message.setContent(
                    new MimeMultipart("alternative", part(letter.text(), "plain"), part(letter.html(), "html")));
        }
        return message;
    }

    private static MimeBodyPart part(String content, String subtype) throws MessagingException {
        var part = new MimeBodyPart();
        part.setText(content, UTF_8, subtype);
        return part;
    }

    /** The farewell failed, not the letter: to send it again would be to send it twice. */
    private static boolean wasAccepted(MailException failure) {
        return failure instanceof MailSendException send && send.getMessageExceptions().length == 0;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
