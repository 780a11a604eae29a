package io.millrace.worker.mail;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import io.millrace.core.mail.SendEmail;
import io.millrace.jobs.PermanentFailure;

/** Makes the letter of a mail that a service wrote itself. */
@Component
final class WriteEmail {

    private final WantedRecipients wanted;
    private final Attachments attachments;
    private final UnsubscribeLink links;

    WriteEmail(WantedRecipients wanted, Attachments attachments, UnsubscribeLink links) {
        this.wanted = wanted;
        this.attachments = attachments;
        this.links = links;
    }

    /**
     * Without those recipients who are on the suppression list.
     *
     * @throws PermanentFailure
     *             if nobody else is left, an address cannot be sent to, or an attachment is missing or too large
     * @throws MailNotConfigured
     *             if it must say where to unsubscribe and cannot
     */
    Letter write(SendEmail job) throws MailNotConfigured {
        var addressees = new Addressees(List.of(Recipient.of(job.to(), null)), recipients(job.cc()),
                recipients(job.bcc()), job.replyTo() == null ? null : Recipient.ofReplies(job.replyTo()));
        String category = job.unsubscribe();
        String link = category == null ? null : links.of(job.to(), category);
        var ids = job.attachments();
        return new Letter(wanted.among(addressees, category), job.subject(), job.text(), job.html(), List.of(),
                ids == null ? List.of() : attachments.find(ids), link);
    }

    private static List<Recipient> recipients(@Nullable List<String> addresses) {
        return addresses == null
                ? List.of()
                : addresses.stream().map(address -> Recipient.of(address, null)).toList();
    }
}
