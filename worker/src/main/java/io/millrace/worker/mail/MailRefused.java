package io.millrace.worker.mail;

import io.millrace.jobs.PermanentFailure;

/** The mail server refused the recipient or the letter for good. */
final class MailRefused extends PermanentFailure {

    private static final long serialVersionUID = 1;

    MailRefused(String reason) {
        super(reason);
    }
}
