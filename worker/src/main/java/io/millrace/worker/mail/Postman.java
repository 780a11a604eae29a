package io.millrace.worker.mail;

import java.time.Duration;
import java.util.List;

import io.micrometer.observation.ObservationRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

import io.millrace.core.mail.MailSent;
import io.millrace.jobs.JobExecution;
import io.millrace.jobs.PermanentFailure;
import io.millrace.jobs.TryAgainLater;
import io.millrace.worker.mail.LoginBreaker.Pass;
import io.millrace.worker.mail.StoredMail.State;
import io.millrace.worker.mail.smtp.Delivery;
import io.millrace.worker.mail.smtp.MailTransport;
import io.millrace.worker.mail.smtp.SmtpException;
import io.millrace.worker.mail.smtp.SmtpOutcomeUnknown;
import io.millrace.worker.mail.smtp.SmtpRefused;
import io.millrace.worker.mail.smtp.SmtpRefused.Stage;
import io.millrace.worker.mail.smtp.SmtpUnreachable;

/**
 * Hands letters to the mail server, each once: what is known of the mail of a job stands in the database, is SENDING there before
 * DATA goes out, and SENT after the server's 250. A job that runs again once that is written sends nothing; one that finds SENDING
 * does not know, and does as {@link WhenUnknown} says of its type. Each send of a mail has the same Message-ID.
 */
@Component
final class Postman {

    private static final Logger LOG = LoggerFactory.getLogger(Postman.class);
    private static final Duration UNTIL_THE_REST = Duration.ofMinutes(1);

    private final MailDesk desk;
    private final MailWriter writer;
    private final MailTransport transport;
    private final LoginBreaker breaker;
    private final HardBounces bounces;
    private final List<SendingRule> rules;

    Postman(MailDesk desk, MailWriter writer, MailTransport transport, LoginBreaker breaker, HardBounces bounces,
            List<SendingRule> rules, ObservationRegistry observations) {
        this.desk = desk;
        this.writer = writer;
        this.transport = new ObservedTransport(transport, observations);
        this.breaker = breaker;
        this.bounces = bounces;
        this.rules = List.copyOf(rules);
    }

    /**
     * Returns once the server has accepted the letter for everybody whom it does not refuse for good; at once, if it had before: then
     * no letter is written. Where it had for some, and none can be written for the others any more, those count as refused.
     *
     * @throws PermanentFailure
     *             if the server refuses everybody or the letter for good ({@link MailRefused}), a rule does, none can be written, or whether it was
     *             sent is not known and a person is to decide ({@link MailParked})
     * @throws TryAgainLater
     *             if the server refuses our login, a rule says so, or some have been sent it and the others follow
     * @throws MailDeferred
     *             if the server refuses for now, or refuses our sender, or us
     * @throws MailServerUnreachable
     *             if it gives no answer
     * @throws MailOutcomeUnknown
     *             if it gives none to the whole letter; the next attempt sends it again
     * @throws DataAccessException
     *             if the database does not answer; nothing was sent, or the next run does not know
     * @throws IllegalStateException
     *             within a transaction
     * @throws MailOvertaken
     *             if another run of the job goes on with its mail
     * @throws InterruptedException
     *             if the run is told to stop before the mail was sent
     */
    MailSent send(JobExecution execution, LetterSource letters) throws Exception {
        var found = desk.open(execution);
        if (found.state() == State.SENT) {
            return found.result(List.of());
        }
        var pending = desk.pending(found, execution);
        Letter letter;
        try {
            letter = letters.write();
        } catch (PermanentFailure e) {
            return withoutLetter(desk.begin(pending, execution, List.of()), e);
        }
        var run = desk.begin(pending, execution, letter.recipients());
        if (run.recipients().isEmpty()) {
            run.nobodyIsLeft();
            return ended(run, letter, "nobody is left to send it to");
        }
        var pass = breaker.pass();
        try {
            check(letter, execution, run);
            return send(letter, execution, run, pass);
        } finally {
            breaker.notAsked(pass);
        }
    }

    private static MailSent withoutLetter(SendingRun run, PermanentFailure failure) {
        run.cannotBeWritten(failure.getMessage());
        if (run.mail().state() == State.SENT) {
            return run.mail().result(List.of());
        }
        throw failure;
    }

    private void check(Letter letter, JobExecution execution, SendingRun run) throws Exception {
        try {
            for (SendingRule rule : rules) {
                rule.check(letter, run.recipients(), execution);
            }
        } catch (PermanentFailure e) {
            run.failed(e.getMessage());
            throw e;
        }
    }

    private MailSent send(Letter letter, JobExecution execution, SendingRun run, Pass pass) throws Exception {
        Delivery delivery;
        try {
            var message = writer.write(letter, run.mail().messageId());
            delivery = transport.send(message, run.recipients(), run);
        } catch (SmtpException e) {
            return failed(run, e, letter, execution, pass);
        } catch (MailOvertaken e) {
            return overtaken(letter, execution, e);
        } catch (InterruptedException e) {
            run.notSent("told to stop");
            throw e;
        } catch (RuntimeException e) {
            throw notSent(run, e);
        }
        closeIfLoggedIn(run);
        try {
            return delivered(run, delivery, letter, execution);
        } catch (MailOvertaken e) {
            return overtaken(letter, execution, e);
        }
    }

    private MailSent overtaken(Letter letter, JobExecution execution, MailOvertaken failure) {
        var now = desk.open(execution);
        if (now.state() == State.SENT) {
            return now.result(letter.recipients());
        }
        throw new TryAgainLater(UNTIL_THE_REST, failure.getMessage());
    }

    /** Certain, though DATA may have been begun: its end was not sent. */
    private static Exception notSent(SendingRun run, RuntimeException failure) {
        try {
            run.notSent("not sent because of " + failure.getClass().getSimpleName());
        } catch (DataAccessException | MailOvertaken e) {
            failure.addSuppressed(e);
        }
        if (Thread.interrupted()) {
            var stopped = new InterruptedException("told to stop before the mail was sent");
            stopped.initCause(failure);
            return stopped;
        }
        return failure;
    }

    /** A connection that was kept says nothing of what the server makes of the login by now. */
    private void closeIfLoggedIn(SendingRun run) {
        if (run.hasLoggedIn()) {
            breaker.loggedIn();
        }
    }

    private MailSent delivered(SendingRun run, Delivery delivery, Letter letter, JobExecution execution) {
        try {
            run.delivered(delivery);
        } catch (DataAccessException e) {
            return unwritten(run, delivery, letter, execution, e);
        }
        bounces.among(delivery.refused());
        if (run.mail().state() == State.SENT) {
            return run.mail().result(letter.recipients());
        }
        // Bounded, though it costs no attempt: each time at least one recipient more is done with.
        throw new TryAgainLater(UNTIL_THE_REST, run.recipients().size() + " recipients are left, who were deferred");
    }

    /** What happened stays true: where nobody is left the job can say it, and its result is kept when the database is back. */
    private static MailSent unwritten(SendingRun run, Delivery delivery, Letter letter, JobExecution execution,
            DataAccessException failure) {
        LOG.error("the mail of job {} was accepted by the server, but the database did not take that down",
                execution.id(),
                failure);
        var known = run.ifDelivered(delivery);
        if (known.undecided(letter.recipients()).isEmpty()) {
            return known.result(letter.recipients());
        }
        throw MailDesk.unwritten(run.mail(), delivery.accepted().size());
    }

    private MailSent failed(SendingRun run, SmtpException failure, Letter letter, JobExecution execution, Pass pass)
            throws Exception {
        String reason = String.valueOf(failure.getMessage());
        switch (failure) {
            case SmtpRefused refused -> refused(run, refused, reason, pass);
            case SmtpUnreachable _ -> {
                run.notSent(reason);
                throw new MailServerUnreachable(reason);
            }
            case SmtpOutcomeUnknown _ -> {
                closeIfLoggedIn(run);
                throw desk.unknown(run, reason, execution);
            }
        }
        return ended(run, letter, reason);
    }

    private void refused(SendingRun run, SmtpRefused refused, String reason, Pass pass) {
        if (refused.stage() == Stage.RECIPIENTS) {
            run.recipientsRefused(refused.refused(), reason);
            bounces.among(refused.refused());
        } else if (refused.stage() == Stage.MESSAGE && refused.reply().isPermanent()) {
            run.messageRefused(refused.reply(), reason);
        } else {
            run.notSent(reason);
        }
        if (refused.isOfTheLogin()) {
            throw breaker.refused(reason, pass);
        }
        if (refused.stage().compareTo(Stage.LOGIN) > 0 && !refused.reply().isOfTheLogin()) {
            closeIfLoggedIn(run);
        }
    }

    private static MailSent ended(SendingRun run, Letter letter, String reason) throws MailDeferred {
        return switch (run.mail().state()) {
            case SENT -> run.mail().result(letter.recipients());
            case FAILED -> throw new MailRefused(reason);
            default -> throw new MailDeferred(reason);
        };
    }
}
