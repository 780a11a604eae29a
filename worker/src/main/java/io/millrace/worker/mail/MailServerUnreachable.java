package io.millrace.worker.mail;

/** There is no mail server there, or it fell silent; whether it took the letter is not known. The job is tried again. */
final class MailServerUnreachable extends Exception {

    private static final long serialVersionUID = 1;

    MailServerUnreachable(String message) {
        super(message);
    }
}
