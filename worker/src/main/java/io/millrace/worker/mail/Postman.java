package io.millrace.worker.mail;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;

import org.springframework.stereotype.Component;

import io.millrace.core.mail.MailSent;
import io.millrace.jobs.JobExecution;
import io.millrace.jobs.PermanentFailure;
import io.millrace.jobs.TryAgainLater;
import io.millrace.worker.mail.smtp.MailTransport;
import io.millrace.worker.mail.smtp.SmtpException;

/**
 * Hands letters to the mail server. A letter that is sent again, because the attempt before broke off after the server
 * had accepted it, has the same Message-ID, by which mailboxes know it for the same mail.
 */
@Component
final class Postman {

    private static final String UTF_8 = StandardCharsets.UTF_8.name();

    private final MailTransport transport;
    private final MailSettings settings;
    private final List<SendingRule> rules;
    private final Clock clock;

    Postman(MailTransport transport, MailSettings settings, List<SendingRule> rules, Clock clock) {
        this.transport = transport;
        this.settings = settings;
        this.rules = List.copyOf(rules);
        this.clock = clock;
    }

    /**
     * Returns once the server has accepted the letter.
     *
     * @throws PermanentFailure
     *             if the server refuses the recipient or the letter for good, or a rule does
     * @throws TryAgainLater
     *             if a rule says so
     * @throws MailDeferred
     *             if it refuses for now, or refuses us
     * @throws MailServerUnreachable
     *             if it gives no answer
     */
    MailSent send(JobExecution execution, Letter letter) throws Exception {
        for (SendingRule rule : rules) {
            rule.check(letter, execution);
        }
        String messageId = "<" + execution.id() + "@" + settings.domain() + ">";
        MimeMessage message = write(letter);
        message.setHeader("Message-ID", messageId);
        try {
            transport.send(message, List.of(letter.to().mailbox()), _ -> {
            });
        } catch (SmtpException e) {
            throw SendFailure.explain(e);
        }
        return new MailSent(messageId, List.of(letter.to().address()), now());
    }

    private MimeMessage write(Letter letter) throws MessagingException {
        MimeMessage message = new MimeMessage((Session) null);
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

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
