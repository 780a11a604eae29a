package io.millrace.worker.mail;

/** The mail server answered, but did not take the letter this time; the job is tried again. */
final class MailDeferred extends Exception {

    private static final long serialVersionUID = 1;

    MailDeferred(String message) {
        super(message);
    }
}
