package io.millrace.worker.mail;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import io.millrace.core.mail.Suppressions;
import io.millrace.jobs.PermanentFailure;

/** Leaves out of a letter who is on the suppression list, by one look for all of its recipients. */
@Component
final class WantedRecipients {

    private final Suppressions suppressions;

    WantedRecipients(Suppressions suppressions) {
        this.suppressions = suppressions;
    }

    /**
     * Those who may get it.
     *
     * @param category
     *            the kind of mail; null for one that somebody asked for
     * @throws PermanentFailure
     *             if nobody may
     */
    Addressees among(Addressees wanted, @Nullable String category) {
        Set<String> suppressed = suppressions.against(
                Stream.of(wanted.to(), wanted.cc(), wanted.bcc()).flatMap(List::stream).map(Recipient::address)
                        .toList(),
                category);
        var left = new Addressees(without(suppressed, wanted.to()), without(suppressed, wanted.cc()),
                without(suppressed, wanted.bcc()), wanted.replyTo());
        if (left.to().isEmpty() && left.cc().isEmpty() && left.bcc().isEmpty()) {
            throw new PermanentFailure(
                    suppressed.size() == 1
                            ? "the recipient is on the suppression list"
                            : "all recipients are on the suppression list");
        }
        return left;
    }

    /** Nothing, where this address may get it; see {@link #among}. */
    void require(Recipient recipient, @Nullable String category) {
        among(Addressees.only(recipient), category);
    }

    private static List<Recipient> without(Set<String> suppressed, List<Recipient> wanted) {
        return wanted.stream().filter(recipient -> !suppressed.contains(recipient.address())).toList();
    }
}
