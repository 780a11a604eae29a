package io.millrace.worker.mail;

import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.millrace.jobs.PermanentFailure;

/**
 * What one mail says, to whom.
 *
 * @param html
 *            the same as {@code text} for readers of HTML; null for a mail of plain text only
 * @param images
 *            what {@code html} shows by {@code cid:}
 * @param attachments
 *            what comes with it, in this order
 * @param unsubscribe
 *            the link by which its one recipient gets no more of the kind; null for a mail that somebody asked for
 */
record Letter(Addressees addressees, String subject, String text, @Nullable String html, List<InlineImage> images,
        List<Attachment> attachments, @Nullable String unsubscribe) {

    /**
     * @throws PermanentFailure
     *             if the subject could carry a header of its own
     */
    Letter {
        if (subject.chars().anyMatch(Character::isISOControl)) {
            throw new PermanentFailure("the subject is not one line without control characters");
        }
        images = List.copyOf(images);
        attachments = List.copyOf(attachments);
    }

    /** One with nothing to it but words. */
    Letter(Recipient to, String subject, String text, @Nullable String html) {
        this(Addressees.only(to), subject, text, html, List.of(), List.of(), null);
    }

    /** Everybody it goes to. */
    List<Recipient> recipients() {
        return Stream.of(addressees.to(), addressees.cc(), addressees.bcc()).flatMap(List::stream).toList();
    }
}
