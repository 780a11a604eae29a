package io.millrace.worker.mail;

import io.millrace.jobs.PermanentFailure;

/** Whether the mail was sent is not known, and a person is to decide whether it is sent again; {@link WhenUnknown#PARK}. */
final class MailParked extends PermanentFailure {

    private static final long serialVersionUID = 1;

    MailParked(String reason) {
        super(reason);
    }
}
