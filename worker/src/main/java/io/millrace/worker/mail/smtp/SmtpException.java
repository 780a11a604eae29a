package io.millrace.worker.mail.smtp;

/** A message was not sent, or it is not known whether it was. Neither its message nor its causes hold an address. */
public abstract sealed class SmtpException extends Exception permits SmtpRefused, SmtpUnreachable, SmtpOutcomeUnknown {

    private static final long serialVersionUID = 1;

    SmtpException(String message) {
        super(message);
    }
}
