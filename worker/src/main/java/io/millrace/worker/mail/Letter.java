package io.millrace.worker.mail;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.millrace.jobs.PermanentFailure;

/**
 * What one mail says, to whom.
 *
 * @param html
 *            the same as {@code text} for readers of HTML; null for a mail of plain text only
 */
record Letter(List<Recipient> recipients, String subject, String text, @Nullable String html) {

    /**
     * @throws PermanentFailure
     *             if the subject could carry a header of its own
     */
    Letter {
        if (subject.chars().anyMatch(Character::isISOControl)) {
            throw new PermanentFailure("the subject is not one line without control characters");
        }
        recipients = List.copyOf(recipients);
    }

    /** One to one recipient. */
    Letter(Recipient to, String subject, String text, @Nullable String html) {
        this(List.of(to), subject, text, html);
    }
}
