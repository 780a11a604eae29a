package io.millrace.worker.mail.smtp;

/** The whole message was sent, and no answer to it came: the server may have accepted it for all recipients that it took, or not at all. */
public final class SmtpOutcomeUnknown extends SmtpException {

    private static final long serialVersionUID = 1;

    SmtpOutcomeUnknown(String message) {
        super(message);
    }
}
