package io.millrace.worker.mail;

/** The connection was lost after the mail was sent and before the server said what it made of it; {@link WhenUnknown#RESEND}. */
final class MailOutcomeUnknown extends Exception {

    private static final long serialVersionUID = 1;

    MailOutcomeUnknown(String message) {
        super(message);
    }
}
