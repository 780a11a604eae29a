package io.millrace.worker.mail;

/** There is no mail server there, or it fell silent before it had the whole mail. Nothing was sent; the job is tried again. */
final class MailServerUnreachable extends Exception {

    private static final long serialVersionUID = 1;

    MailServerUnreachable(String message) {
        super(message);
    }
}
