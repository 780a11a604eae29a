package io.millrace.worker.mail;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.millrace.core.mail.MailSent;

/**
 * What is known of a mail.
 *
 * @param sends
 *            how often DATA was begun
 * @param revision
 *            how often it was changed
 * @param reason
 *            why it is not SENT, or not to all
 * @param sentAt
 *            when the server last accepted it for somebody
 * @param recipients
 *            by address, of those who have been in a dialogue
 */
record StoredMail(String key, String messageId, State state, int sends, long revision, @Nullable String reason,
        @Nullable Instant sentAt, Map<String, Told> recipients) {

    enum State {
        /** To be sent, to all or to the rest. */
        PENDING,
        /** A run has announced DATA; one that finds this does not know what came of it. */
        SENDING,
        /** Accepted for all whom the server did not refuse for good. */
        SENT,
        /** DATA was begun and no answer came. */
        UNKNOWN,
        /** Refused for good, for everybody. */
        FAILED
    }

    /** What the server made of a recipient; SENDING while the mail is. */
    enum Outcome {
        WAITING, SENDING, ACCEPTED, REFUSED
    }

    /**
     * @param reply
     *            the server's codes, where it did not accept
     */
    record Told(Outcome outcome, @Nullable String reply) {

        static final Told SENDING = new Told(Outcome.SENDING, null);
        static final Told ACCEPTED = new Told(Outcome.ACCEPTED, null);
    }

    StoredMail {
        recipients = Map.copyOf(recipients);
    }

    /** Those the mail is still to be sent to. */
    List<Recipient> undecided(List<Recipient> all) {
        return all.stream().filter(one -> !isDecided(one)).toList();
    }

    private boolean isDecided(Recipient recipient) {
        return is(recipient.mailbox().getAddress(), Outcome.ACCEPTED)
                || is(recipient.mailbox().getAddress(), Outcome.REFUSED);
    }

    boolean isAcceptedForSome() {
        return recipients.values().stream().anyMatch(told -> told.outcome() == Outcome.ACCEPTED);
    }

    /**
     * The result of its job.
     *
     * @param all
     *            whom the letter is for, who are named as they are there; others as they stood in the dialogue
     */
    MailSent result(List<Recipient> all) {
        return new MailSent(messageId, with(Outcome.ACCEPTED).map(address -> asGiven(address, all)).toList(),
                Objects.requireNonNull(sentAt), with(Outcome.REFUSED)
                        .map(address -> new MailSent.Refused(asGiven(address, all), reply(address))).toList());
    }

    private Stream<String> with(Outcome outcome) {
        return recipients.keySet().stream().filter(address -> is(address, outcome)).sorted();
    }

    private boolean is(String address, Outcome outcome) {
        var told = recipients.get(address);
        return told != null && told.outcome() == outcome;
    }

    private String reply(String address) {
        return Objects.requireNonNullElse(Objects.requireNonNull(recipients.get(address)).reply(), "");
    }

    private static String asGiven(String address, List<Recipient> all) {
        return all.stream().filter(one -> one.mailbox().getAddress().equals(address)).map(Recipient::address)
                .findFirst().orElse(address);
    }
}
