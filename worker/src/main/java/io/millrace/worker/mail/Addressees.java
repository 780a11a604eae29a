package io.millrace.worker.mail;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Who a letter goes to and who answers go to. Nobody need be in {@code to}: where a letter has several recipients, the one there may
 * be on the suppression list.
 *
 * @param cc
 *            seen by all
 * @param bcc
 *            in no header
 * @param replyTo
 *            null for the sender
 */
record Addressees(List<Recipient> to, List<Recipient> cc, List<Recipient> bcc, @Nullable Recipient replyTo) {

    Addressees {
        to = List.copyOf(to);
        cc = List.copyOf(cc);
        bcc = List.copyOf(bcc);
    }

    static Addressees only(Recipient to) {
        return new Addressees(List.of(to), List.of(), List.of(), null);
    }
}
