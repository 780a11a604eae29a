package io.millrace.worker.mail;

import java.time.Duration;

import io.millrace.jobs.TryAgainLater;

/** This worker cannot say in a mail where to unsubscribe, and sends none that must. The job waits, at the cost of no attempt. */
final class MailNotConfigured extends TryAgainLater {

    private static final long serialVersionUID = 1;
    private static final Duration UNTIL_SOMEBODY_LOOKS = Duration.ofMinutes(10);

    MailNotConfigured() {
        super(UNTIL_SOMEBODY_LOOKS,
                "set millrace.unsubscribe.url and millrace.unsubscribe.key: this mail must say where to unsubscribe");
    }
}
