package io.millrace.worker.mail.smtp;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;

import org.eclipse.angus.mail.smtp.SMTPOutputStream;

import io.millrace.worker.mail.smtp.SmtpRefused.Stage;

/** One mail over a connection: MAIL, RCPT, DATA and the end of the data (RFC 5321, 3.3). */
record Transaction(String from, MimeMessage message, List<InternetAddress> recipients, DataSteps steps) {

    private static final String[] NOT_SENT = {"Bcc", "Content-Length"};

    /** MAIL. */
    void begin(SmtpConnection connection) throws SmtpException {
        SmtpReply reply = connection.ask("MAIL FROM:<" + from + ">");
        if (!reply.isPositive()) {
            // A server that announces its limit refuses a large message this early.
            throw SmtpRefused.at(reply.isTooLarge() ? Stage.MESSAGE : Stage.SENDER, reply,
                    connection.server().toString());
        }
    }

    Delivery finish(SmtpConnection connection, Duration time) throws SmtpException {
        long until = System.nanoTime() + time.toNanos();
        var refused = new LinkedHashMap<InternetAddress, SmtpReply>();
        var accepted = name(connection, refused);
        try {
            steps.beforeData(List.copyOf(accepted));
        } catch (RuntimeException | Error e) {
            connection.reset();
            throw e;
        }
        write(connection);
        SmtpReply reply = connection.endData(Duration.ofNanos(Math.max(1, until - System.nanoTime())));
        if (reply.isRefusal()) {
            throw SmtpRefused.at(Stage.MESSAGE, reply, connection.server().toString());
        }
        if (!reply.isPositive()) {
            connection.cut();
            throw new SmtpOutcomeUnknown(connection.server() + ": no answer to the message, but " + reply.codes());
        }
        return new Delivery(accepted, refused);
    }

    private List<InternetAddress> name(SmtpConnection connection, Map<InternetAddress, SmtpReply> refused)
            throws SmtpException {
        var accepted = new ArrayList<InternetAddress>();
        for (var recipient : recipients) {
            SmtpReply reply = connection.ask("RCPT TO:<" + recipient.getAddress() + ">");
            if (reply.isPositive()) {
                accepted.add(recipient);
            } else {
                refused.put(recipient, reply);
            }
            if (reply.isFarewell()) {
                recipients.forEach(other -> refused.putIfAbsent(other, reply));
                accepted.clear();
                break;
            }
        }
        if (accepted.isEmpty()) {
            connection.reset();
            throw SmtpRefused.of(refused, connection.server().toString());
        }
        return accepted;
    }

    /** All but the end, without which the server drops what it has got. */
    private void write(SmtpConnection connection) throws SmtpException {
        var data = new Data(connection.startData());
        try {
            message.writeTo(data, NOT_SENT);
            data.endLine();
        } catch (IOException | MessagingException e) {
            if (data.hasFailed) {
                throw connection.lost(e);
            }
            connection.cut();
            throw new UncheckedIOException(new IOException("a part of the message cannot be read", e));
        } catch (RuntimeException | Error e) {
            connection.cut();
            throw e;
        }
    }

    /** Tells a connection that fails from an attachment that does. */
    private static final class Data extends FilterOutputStream {

        private final SMTPOutputStream smtp;
        private boolean hasFailed;

        Data(SMTPOutputStream smtp) {
            super(smtp);
            this.smtp = smtp;
        }

        @Override
        public void write(int b) throws IOException {
            try {
                smtp.write(b);
            } catch (IOException e) {
                hasFailed = true;
                throw e;
            }
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            try {
                smtp.write(bytes, from, length);
            } catch (IOException e) {
                hasFailed = true;
                throw e;
            }
        }

        /** Whatever writes the message must not end the connection. */
        @Override
        public void close() {
        }

        private void endLine() throws IOException {
            try {
                smtp.ensureAtBOL();
            } catch (IOException e) {
                hasFailed = true;
                throw e;
            }
        }
    }
}
