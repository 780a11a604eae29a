package io.millrace.worker.mail;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import org.springframework.stereotype.Component;

import io.millrace.jobs.JobExecution;
import io.millrace.worker.mail.StoredMail.Outcome;
import io.millrace.worker.mail.StoredMail.State;
import io.millrace.worker.mail.StoredMail.Told;

/** Decides by what is known of a mail whether a run may send it. */
@Component
final class MailDesk {

    private final MailLedger ledger;
    private final MailSettings settings;
    private final SendingSettings sending;
    private final PutBackJobs putBack;
    private final Clock clock;

    MailDesk(MailLedger ledger, MailSettings settings, SendingSettings sending, PutBackJobs putBack, Clock clock) {
        this.ledger = ledger;
        this.settings = settings;
        this.sending = sending;
        this.putBack = putBack;
        this.clock = clock;
    }

    /** What is known of the job's mail. */
    StoredMail open(JobExecution execution) {
        return ledger.open(execution.id(), execution.type(), "<" + execution.id() + "@" + settings.domain() + ">");
    }

    /**
     * It as a run finds it that may send it: PENDING.
     *
     * @param found
     *            not SENT
     * @throws MailParked
     *             if it may be sent already, and nobody has said that it is to be sent again
     * @throws MailOvertaken
     *             if another run of the job goes on with it
     */
    StoredMail pending(StoredMail found, JobExecution execution) {
        return switch (found.state()) {
            case PENDING, SENT -> found;
            case FAILED -> ledger.move(found, State.PENDING, null, null, refusedAsWaiting(found));
            case SENDING -> pending(ledger.move(found, State.UNKNOWN,
                    unknown(found, "the run before ended between DATA and the mail server's answer"), null, Map.of()),
                    execution);
            case UNKNOWN -> {
                String reason = Objects.requireNonNull(found.reason());
                if (isParked(execution) && !putBack.wasPutBackAfter(execution.id(), doubt(found))) {
                    throw new MailParked(reason);
                }
                yield ledger.move(found, State.PENDING, reason, null, Map.of());
            }
        };
    }

    /**
     * A run that sends it.
     *
     * @param pending
     *            as {@link #pending} found it
     * @param all
     *            whom the letter is for
     */
    SendingRun begin(StoredMail pending, JobExecution execution, List<Recipient> all) {
        return new SendingRun(ledger, pending, execution, all, clock);
    }

    /** Of a mail whose job a person has put back: everybody gets another chance. */
    private static Map<String, Told> refusedAsWaiting(StoredMail failed) {
        return failed.recipients().entrySet().stream().filter(told -> told.getValue().outcome() == Outcome.REFUSED)
                .collect(Collectors.toMap(Map.Entry::getKey,
                        told -> new Told(Outcome.WAITING, told.getValue().reply())));
    }

    /** Writes that nobody knows, and says what the job is to throw. */
    Exception unknown(SendingRun run, String why, JobExecution execution) {
        String reason = unknown(run.mail(), why);
        run.unknown(reason);
        return isParked(execution) ? new MailParked(reason) : new MailOutcomeUnknown(reason);
    }

    private boolean isParked(JobExecution execution) {
        return sending.whenUnknown(execution.type()) == WhenUnknown.PARK;
    }

    /** With the number of the send, so that what was said of an earlier one is not taken for this. */
    private static String unknown(StoredMail mail, String why) {
        return why + "; " + doubt(mail) + ": it is sent again when the job is tried again";
    }

    private static String doubt(StoredMail mail) {
        return "whether mail " + mail.sends() + " of this job was sent is not known";
    }

    /** What a run throws that knows, but could not write it down: the next one will not know. */
    static MailParked unwritten(StoredMail mail, int accepted) {
        return new MailParked(unknown(mail,
                "the mail was accepted for " + accepted + " recipients, but the database did not take that down"));
    }
}
