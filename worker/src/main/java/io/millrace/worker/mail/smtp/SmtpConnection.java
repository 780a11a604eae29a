package io.millrace.worker.mail.smtp;

import java.time.Duration;
import jakarta.mail.MessagingException;
import jakarta.mail.URLName;

import org.eclipse.angus.mail.smtp.SMTPOutputStream;
import org.eclipse.angus.mail.smtp.SMTPTransport;

import io.millrace.worker.mail.smtp.Deadlines.Deadline;
import io.millrace.worker.mail.smtp.SmtpRefused.Stage;

/**
 * One connection: what is asked and answered over it. Of Jakarta Mail's transport it has how a connection is opened and how data is
 * written; that one's {@code sendMessage} knows neither a step before DATA nor, when it fails, whether the message may have been
 * accepted. One thread at a time.
 */
final class SmtpConnection extends SMTPTransport {

    private final MailServer server;
    private final Wire wire;
    private final Deadlines deadlines;
    private final long openedAt = System.nanoTime();
    private long idleSince = openedAt;
    private String asked = "";
    private SmtpReply answer = SmtpReply.NONE;
    private Duration patience;
    private boolean isUsable = true;
    private int mails;

    /** Not yet open. */
    SmtpConnection(MailServer server, Wire wire, Deadlines deadlines) {
        super(server.session(wire, deadlines.clock()),
                new URLName(server.protocol(), server.host(), server.port(), null, null, null), server.protocol(),
                server.isTlsFromTheStart());
        this.server = server;
        this.wire = wire;
        this.deadlines = deadlines;
        this.patience = server.answerTime();
    }

    void open(Duration time) throws SmtpException {
        try (var _ = deadlines.within(time, wire)) {
            connect(server.host(), server.port(), server.user(), server.password());
        } catch (MessagingException e) {
            var failure = new FailedOpening(server, wire.isCut()).explain(e, asked, answer,
                    supportsExtension("STARTTLS"));
            cut();
            throw failure;
        }
    }

    /**
     * Sends a command.
     *
     * @throws SmtpUnreachable
     *             if no answer comes
     */
    SmtpReply ask(String command) throws SmtpUnreachable {
        try {
            if (simpleCommand(command) < 0) {
                throw lost("connection lost");
            }
            return answer;
        } catch (MessagingException e) {
            throw lost(e);
        }
    }

    /** Sends DATA; what is written afterwards is the message. */
    synchronized SMTPOutputStream startData() throws SmtpException {
        try {
            return (SMTPOutputStream) data();
        } catch (MessagingException e) {
            if (answer.isRefusal()) {
                throw SmtpRefused.at(Stage.MESSAGE, answer, server.toString());
            }
            throw lost(e);
        }
    }

    /** Sends the end of the message and waits for what the server makes of it. */
    SmtpReply endData(Duration time) throws SmtpOutcomeUnknown {
        mails++;
        waitFor(time);
        try {
            return ask(".");
        } catch (SmtpUnreachable e) {
            throw new SmtpOutcomeUnknown(String.valueOf(e.getMessage()));
        } finally {
            waitFor(server.answerTime());
        }
    }

    private void waitFor(Duration time) {
        patience = time;
        wire.waitFor((int) Math.max(1, time.toMillis()));
    }

    /** So that the next transaction finds nothing of this one. */
    void reset() {
        try {
            isUsable &= simpleCommand("RSET") / 100 == 2;
        } catch (MessagingException e) {
            cut();
        }
    }

    /** Ends it without a word, so that what was sent of a message is dropped. */
    void cut() {
        isUsable = false;
        wire.cut();
        quit();
    }

    /** Says farewell if it still can, and waits for no answer. */
    void quit() {
        try (var _ = deadlines.within(server.answerTime(), wire)) {
            close();
        } catch (MessagingException e) {
            // it is closed
        } finally {
            wire.cut();
        }
    }

    /** Whether the server is there, after a pause. */
    boolean isAlive() {
        return isConnected();
    }

    Deadline within(Duration time) {
        return deadlines.within(time, wire);
    }

    /** Because of this. */
    SmtpUnreachable lost(Throwable failure) {
        return lost(NoAnswer.reason(failure, wire.isCut()));
    }

    private SmtpUnreachable lost(String reason) {
        var failure = new SmtpUnreachable(server + ": " + reason);
        cut();
        return failure;
    }

    @Override
    protected void sendCommand(String command) throws MessagingException {
        asked = command.split(" ", 2)[0];
        if (!isReset()) {
            answer = SmtpReply.NONE;
        }
        super.sendCommand(command);
    }

    /** A server that sends its answer byte by byte must be done with it in time as well. */
    @Override
    protected int readServerResponse() throws MessagingException {
        try (var _ = deadlines.within(patience, wire)) {
            int code = super.readServerResponse();
            var reply = SmtpReply.of(code, getLastServerResponse());
            isUsable &= code > 0 && !reply.isFarewell();
            if (!isReset()) {
                answer = reply;
            }
            return code;
        }
    }

    /** Jakarta Mail says it after a refused DATA, where the refusal is what counts. */
    private boolean isReset() {
        return asked.equals("RSET");
    }

    MailServer server() {
        return server;
    }

    void startIdling() {
        idleSince = System.nanoTime();
    }

    boolean hasIdledFor(Duration time) {
        return System.nanoTime() - idleSince >= time.toNanos();
    }

    /** Whether the server may take another mail over it. */
    boolean isGoodFor(SmtpSettings.Connections caps) {
        return isUsable && mails < caps.mails() && System.nanoTime() - openedAt < caps.maxAge().toNanos();
    }
}
