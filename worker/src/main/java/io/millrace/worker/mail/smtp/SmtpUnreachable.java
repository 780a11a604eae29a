package io.millrace.worker.mail.smtp;

/**
 * There is no mail server there, or it fell silent or hung up before the end of the message was sent. Certain: nothing was
 * accepted, because a server drops what is not ended (RFC 5321, 3.8 and 4.1.1.4).
 */
public final class SmtpUnreachable extends SmtpException {

    private static final long serialVersionUID = 1;

    SmtpUnreachable(String message) {
        super(message);
    }
}
