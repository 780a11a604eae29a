package io.millrace.worker.mail;

import org.springframework.stereotype.Component;

import io.millrace.core.mail.UnsubscribeLinks;
import io.millrace.core.mail.Unsubscription;

/** The link that mail of a kind must have. */
@Component
final class UnsubscribeLink {

    private final UnsubscribeLinks links;

    UnsubscribeLink(UnsubscribeLinks links) {
        this.links = links;
    }

    /**
     * For one mail.
     *
     * @throws MailNotConfigured
     *             if this worker was not told how links are written; the job is tried again
     */
    String of(String address, String category) throws MailNotConfigured {
        return links.write(new Unsubscription(address, category)).orElseThrow(MailNotConfigured::new);
    }
}
