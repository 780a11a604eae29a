package io.millrace.worker.mail;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import jakarta.mail.internet.InternetAddress;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

import io.millrace.jobs.JobExecution;
import io.millrace.worker.mail.StoredMail.Outcome;
import io.millrace.worker.mail.StoredMail.State;
import io.millrace.worker.mail.StoredMail.Told;
import io.millrace.worker.mail.smtp.DataSteps;
import io.millrace.worker.mail.smtp.Delivery;
import io.millrace.worker.mail.smtp.SmtpReply;

/** One try to send a mail, and what is written of it. One thread. */
final class SendingRun implements DataSteps {

    private static final Duration FOR_THE_DATABASE = Duration.ofSeconds(30);

    private final MailLedger ledger;
    private final JobExecution execution;
    private final Clock clock;
    private final List<Recipient> all;
    private StoredMail mail;
    private List<InternetAddress> inData = List.of();
    private @Nullable List<InternetAddress> perhapsBegun;
    private boolean hasLoggedIn;

    /**
     * @param mail
     *            PENDING
     * @param all
     *            whom the letter is for
     */
    SendingRun(MailLedger ledger, StoredMail mail, JobExecution execution, List<Recipient> all, Clock clock) {
        this.ledger = ledger;
        this.mail = mail;
        this.execution = execution;
        this.all = all;
        this.clock = clock;
    }

    StoredMail mail() {
        return mail;
    }

    /** Each once, however often the letter names it. */
    List<InternetAddress> recipients() {
        var each = new LinkedHashMap<String, InternetAddress>();
        mail.undecided(all).forEach(one -> each.putIfAbsent(one.mailbox().getAddress(), one.mailbox()));
        return List.copyOf(each.values());
    }

    /**
     * @throws CancellationException
     *             if the run is to stop: it begins nothing
     * @throws MailOvertaken
     *             if another run of the job was faster
     */
    @Override
    public void beforeData(List<InternetAddress> accepted) {
        if (execution.isCancelled() || Thread.currentThread().isInterrupted()) {
            throw new CancellationException("told to stop before the mail was sent");
        }
        try {
            mail = ledger.move(mail, State.SENDING, null, null, tell(accepted, Told.SENDING));
            inData = List.copyOf(accepted);
        } catch (DataAccessException e) {
            perhapsBegun = List.copyOf(accepted);
            throw e;
        }
    }

    @Override
    public void opened() {
        hasLoggedIn = true;
    }

    /** Whether the server took a login for this very mail. */
    boolean hasLoggedIn() {
        return hasLoggedIn;
    }

    /** So that the next run does not find a doubt that is none. */
    private void takeBackWhatMayBeWritten(List<InternetAddress> accepted, @Nullable String reason) {
        var asWritten = new StoredMail(mail.key(), mail.messageId(), State.SENDING, mail.sends() + 1,
                mail.revision() + 1, null, mail.sentAt(), mail.recipients());
        mail = Patience.runFor(FOR_THE_DATABASE, () -> {
            try {
                return ledger.move(asWritten, State.PENDING, reason, null,
                        tell(accepted, new Told(Outcome.WAITING, null)));
            } catch (MailOvertaken e) {
                // It was not written, or is taken back.
                return ledger.read(asWritten.key());
            }
        });
    }

    /**
     * The server accepted it for some.
     *
     * @throws DataAccessException
     *             if the database does not answer for a while
     */
    void delivered(Delivery delivery) {
        settle(null, now(), outcomes(delivery));
    }

    /** The server refused all, or the rest. */
    void recipientsRefused(Map<InternetAddress, SmtpReply> refused, String reason) {
        settle(reason, null, outcomes(refused));
    }

    /** For good; whoever was not accepted for the data is asked for again. */
    void messageRefused(SmtpReply reply, String reason) {
        var whom = inData.isEmpty() ? recipients() : inData;
        settle(reason, null, tell(whom, new Told(Outcome.REFUSED, reply.codes())));
    }

    /** Nobody is left to send it to. */
    void nobodyIsLeft() {
        settle(mail.reason(), null, Map.of());
    }

    /** No letter can be made any more: for those who have not got it that is the end, as a refusal is. */
    void cannotBeWritten(@Nullable String reason) {
        var left = new LinkedHashMap<String, Told>();
        mail.recipients().forEach((address, told) -> {
            if (mail.isAcceptedForSome() && told.outcome() == Outcome.WAITING) {
                left.put(address, new Told(Outcome.REFUSED, told.reply()));
            }
        });
        write(mail.isAcceptedForSome() ? State.SENT : State.FAILED, reason, null, left);
    }

    /** Certainly nobody was sent it. */
    void notSent(@Nullable String reason) {
        if (perhapsBegun != null) {
            takeBackWhatMayBeWritten(perhapsBegun, reason);
            return;
        }
        write(State.PENDING, reason, null, tell(inData, new Told(Outcome.WAITING, null)));
    }

    void failed(@Nullable String reason) {
        write(State.FAILED, reason, null, Map.of());
    }

    /** Nobody can say whether it was sent. */
    void unknown(String reason) {
        write(State.UNKNOWN, reason, null, tell(inData, new Told(Outcome.WAITING, null)));
    }

    /** What would be known of the mail if that could be written. */
    StoredMail ifDelivered(Delivery delivery) {
        return with(outcomes(delivery), now());
    }

    private StoredMail with(Map<String, Told> told, @Nullable Instant sentAt) {
        var recipients = new LinkedHashMap<>(mail.recipients());
        recipients.putAll(told);
        return new StoredMail(mail.key(), mail.messageId(), mail.state(), mail.sends(), mail.revision(), mail.reason(),
                sentAt, recipients);
    }

    private void settle(@Nullable String reason, @Nullable Instant sentAt, Map<String, Told> told) {
        var then = with(told, sentAt);
        State to = !then.undecided(all).isEmpty()
                ? State.PENDING
                : then.isAcceptedForSome() ? State.SENT : State.FAILED;
        write(to, to == State.SENT ? null : reason, sentAt, told);
    }

    private void write(State to, @Nullable String reason, @Nullable Instant sentAt, Map<String, Told> told) {
        var before = mail;
        mail = Patience.runFor(FOR_THE_DATABASE, () -> {
            try {
                return ledger.move(before, to, reason, sentAt, told);
            } catch (MailOvertaken e) {
                // by itself, where the answer to an earlier try was lost
                var now = ledger.read(before.key());
                if (now.state() == to && now.revision() == before.revision() + 1) {
                    return now;
                }
                throw e;
            }
        });
    }

    private static Map<String, Told> outcomes(Delivery delivery) {
        var told = new LinkedHashMap<>(outcomes(delivery.refused()));
        told.putAll(tell(delivery.accepted(), Told.ACCEPTED));
        return told;
    }

    private static Map<String, Told> outcomes(Map<InternetAddress, SmtpReply> refused) {
        var told = new LinkedHashMap<String, Told>();
        refused.forEach((mailbox, reply) -> told.put(mailbox.getAddress(),
                new Told(reply.isPermanent() ? Outcome.REFUSED : Outcome.WAITING, reply.codes())));
        return told;
    }

    private static Map<String, Told> tell(List<InternetAddress> mailboxes, Told what) {
        var told = new LinkedHashMap<String, Told>();
        mailboxes.forEach(mailbox -> told.put(mailbox.getAddress(), what));
        return told;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
