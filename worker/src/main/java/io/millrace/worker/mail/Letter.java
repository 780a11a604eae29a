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
record Letter(Recipient to, String subject, String text, @Nullable String html) {

    /**
     * @throws PermanentFailure
     *             if the subject could carry a header of its own
     */
    Letter {
        if (subject.chars().anyMatch(Character::isISOControl)) {
            throw new PermanentFailure("the subject is not one line without control characters");
        }
    }

    /** Everybody it goes to. */
    List<Recipient> recipients() {
        return List.of(to);
    }
}
