package io.millrace.worker.mail.smtp;

import java.util.List;
import jakarta.activation.DataHandler;
import jakarta.activation.DataSource;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;

/** Messages of hello@millrace.example. */
final class Mails {

    static final InternetAddress ANN = address("ann@example.org");
    static final InternetAddress BOB = address("bob@example.org");
    static final DataSteps NO_STEPS = _ -> {
    };

    private Mails() {
    }

    static Delivery send(MailTransport transport) throws Exception {
        return send(transport, "At noon.");
    }

    static Delivery send(MailTransport transport, String text) throws Exception {
        return transport.send(mail(text), List.of(ANN), NO_STEPS);
    }

    static MimeMessage mail(String text) throws MessagingException {
        var message = new MimeMessage((Session) null);
        message.setFrom(address("hello@millrace.example"));
        message.setRecipient(MimeMessage.RecipientType.TO, ANN);
        message.setSubject("Lunch?");
        message.setText(text, "UTF-8");
        message.setHeader("Message-ID", "<1@millrace.example>");
        return message;
    }

    static MimeMessage withAttachment(DataSource attachment) throws MessagingException {
        var message = mail("");
        var text = new MimeBodyPart();
        text.setText("See below.");
        var part = new MimeBodyPart();
        part.setDataHandler(new DataHandler(attachment));
        part.setFileName("numbers.bin");
        part.setHeader("Content-Transfer-Encoding", "base64");
        message.setContent(new MimeMultipart(text, part));
        return message;
    }

    private static InternetAddress address(String address) {
        try {
            return new InternetAddress(address);
        } catch (MessagingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
