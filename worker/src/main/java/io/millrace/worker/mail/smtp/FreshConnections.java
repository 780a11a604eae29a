package io.millrace.worker.mail.smtp;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.URLName;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;

import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.stereotype.Component;

import io.millrace.worker.mail.smtp.SmtpRefused.Stage;

/** Opens a connection for each message. */
@Component
public final class FreshConnections implements MailTransport {

    private final JavaMailSenderImpl server;

    /** To the server that this sender knows. */
    public FreshConnections(JavaMailSenderImpl server) {
        this.server = server;
    }

    @Override
    public Delivery send(MimeMessage message, List<InternetAddress> recipients, DataSteps steps)
            throws SmtpException, InterruptedException {
        String name = "mail server at " + server.getHost() + ":" + server.getPort();
        var dialogue = new Dialogue(recipients, steps, name);
        try {
            dialogue.connect(server.getHost(), server.getPort(), server.getUsername(), server.getPassword());
            dialogue.sendMessage(message, recipients.toArray(InternetAddress[]::new));
            return new Delivery(dialogue.accepted, dialogue.refused);
        } catch (MessagingException e) {
            throw dialogue.explain(e);
        } finally {
            dialogue.hangUp();
        }
    }

    private final class Dialogue extends SMTPTransport {

        private final List<InternetAddress> recipients;
        private final DataSteps steps;
        private final String name;
        private final List<InternetAddress> accepted = new ArrayList<>();
        private final Map<InternetAddress, SmtpReply> refused = new LinkedHashMap<>();
        private String asked = "CONNECT";
        private SmtpReply reply = SmtpReply.NONE;
        private boolean isReset;
        private boolean isEnding;

        private Dialogue(List<InternetAddress> recipients, DataSteps steps, String name) {
            super(server.getSession(), new URLName("smtp", server.getHost(), server.getPort(), null, null, null));
            this.recipients = recipients;
            this.steps = steps;
            this.name = name;
        }

        @Override
        protected void sendCommand(String command) throws MessagingException {
            isReset = command.equals("RSET");
            if (!isReset) {
                asked = command.split(" ", 2)[0];
            }
            super.sendCommand(command);
        }

        @Override
        protected int readServerResponse() throws MessagingException {
            int code = super.readServerResponse();
            // Jakarta Mail resets after a refusal, which is what counts.
            if (!isReset) {
                reply = SmtpReply.of(code, String.valueOf(getLastServerResponse()));
            }
            return code;
        }

        @Override
        protected void rcptTo() throws MessagingException {
            for (InternetAddress recipient : recipients) {
                int answer = simpleCommand("RCPT TO:<" + recipient.getAddress() + ">");
                if (answer < 0) {
                    throw new MessagingException("[EOF]");
                }
                if (answer / 100 == 2) {
                    accepted.add(recipient);
                } else {
                    refused.put(recipient, SmtpReply.of(answer, getLastServerResponse()));
                }
            }
            if (accepted.isEmpty()) {
                throw new MessagingException("nobody");
            }
        }

        @Override
        protected OutputStream data() throws MessagingException {
            steps.beforeData(List.copyOf(accepted));
            return super.data();
        }

        @Override
        protected void finishData() throws IOException, MessagingException {
            isEnding = true;
            asked = ".";
            super.finishData();
        }

        private SmtpException explain(MessagingException failure) {
            if (refused.size() == recipients.size()) {
                return SmtpRefused.of(refused, name);
            }
            if (failure instanceof AuthenticationFailedException) {
                return SmtpRefused.at(Stage.LOGIN, reply, name);
            }
            if (reply.isRefusal() && !(failure.getCause() instanceof IOException)) {
                return SmtpRefused.at(stage(), reply, name);
            }
            String why = failure.getCause() instanceof IOException e
                    ? String.valueOf(e.getMessage())
                    : "connection lost";
            String words = name + ": " + (why.contains("EOF") ? "connection lost" : why);
            return isEnding ? new SmtpOutcomeUnknown(words) : new SmtpUnreachable(words);
        }

        private Stage stage() {
            return switch (asked) {
                case "MAIL" -> reply.isTooLarge() ? Stage.MESSAGE : Stage.SENDER;
                case "DATA", "." -> Stage.MESSAGE;
                default -> Stage.CONNECTION;
            };
        }

        private void hangUp() {
            try {
                close();
            } catch (MessagingException e) {
                // it is closed
            }
        }
    }
}
