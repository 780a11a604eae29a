package io.millrace.worker.mail;

/** This worker cannot say in a mail where to unsubscribe, and sends none that must. The job is tried again. */
final class MailNotConfigured extends Exception {

    private static final long serialVersionUID = 1;

    MailNotConfigured() {
        super("set millrace.unsubscribe.url and millrace.unsubscribe.key: this mail must say where to unsubscribe");
    }
}
