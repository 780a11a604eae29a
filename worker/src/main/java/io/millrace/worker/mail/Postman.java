package io.millrace.worker.mail;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

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

    private final JavaMailSenderImpl server;
    private final MailWriter writer;
    private final MailSettings settings;
    private final Clock clock;

    Postman(JavaMailSenderImpl server, MailWriter writer, MailSettings settings, Clock clock) {
        this.server = server;
        this.writer = writer;
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
        try {
            server.send(writer.write(letter, messageId));
        } catch (MailException e) {
            if (!wasAccepted(e)) {
                throw SendFailure.explain(e, server.getHost() + ":" + server.getPort());
            }
        }
        return new MailSent(messageId, letter.recipients().stream().map(Recipient::address).toList(), now());
    }

    /** The farewell failed, not the letter: to send it again would be to send it twice. */
    private static boolean wasAccepted(MailException failure) {
        return failure instanceof MailSendException send && send.getMessageExceptions().length == 0;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
