package io.millrace.worker.mail;

/** Another run of the same job has gone on with its mail meanwhile. */
final class MailOvertaken extends RuntimeException {

    private static final long serialVersionUID = 1;

    MailOvertaken() {
        super("another run of this job goes on with its mail");
    }
}
