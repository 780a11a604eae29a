package io.millrace.worker.mail;

import java.io.PrintWriter;
import java.io.StringWriter;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.millrace.core.mail.SendEmail;
import io.millrace.jobs.PermanentFailure;
import io.millrace.jobs.TryAgainLater;
import io.millrace.jobs.testing.PerformJob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchException;

/** What a mail server's refusal means for the job: never to be tried again, or later. */
class MailRefusalTest {

    private static final SendEmail JOB = new SendEmail("ann@example.org", "Lunch?", "At noon.", null);

    private final ScriptedSmtp server = new ScriptedSmtp();

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"RCPT, 550 5.1.1 <ann@example.org>: no such user, recipient: 550 5.1.1",
            "RCPT, 550 no such user ann@example.org, recipient: 550",
            "RCPT, 553 5.1.3 <ann@example.org> bad, recipient: 553 5.1.3",
            "RCPT, 554 5.7.1 <ann@example.org>: relay access denied, recipient: 554 5.7.1",
            "RCPT, 552 5.2.2 mailbox of ann@example.org full, recipient: 552 5.2.2",
            "DATA, 554 5.5.1 no ann@example.org, message: 554 5.5.1",
            "., 554 5.7.1 spam for ann@example.org, message: 554 5.7.1",
            "., 552 5.3.4 too large, message: 552 5.3.4", "MAIL, 552 5.3.4 too large, message: 552 5.3.4"})
    void failsForGoodWhereTheServerWillNotChangeItsMind(String verb, String reply, String reason) {
        server.answering(verb, reply);

        var failure = attempt();

        assertThat(failure).isInstanceOf(PermanentFailure.class)
                .hasMessage("mail server at 127.0.0.1:%d refused the %s".formatted(server.port(), reason));
        assertThat(everythingOf(failure)).doesNotContain("@example.org");
    }

    @Test
    void failsForGoodAlsoWhereTheServerHangsUpAfterItsRefusal() {
        server.answering("RCPT", "550 5.1.1 <ann@example.org> unknown").hangingUpOn("RSET");

        assertThat(attempt()).isInstanceOf(MailRefused.class).hasMessageEndingWith("recipient: 550 5.1.1");
    }

    @Test
    void readsARefusalOfSeveralLines() {
        server.answering("RCPT", "550-5.1.1 <ann@example.org> is unknown here\r\n550 5.1.1 ask ann@example.org");

        assertThat(attempt()).isInstanceOf(MailRefused.class).hasMessageEndingWith("recipient: 550 5.1.1");
    }

    @ParameterizedTest
    @CsvSource({"RCPT, 450 4.2.0 <ann@example.org>: greylisted, deferred the recipient: 450 4.2.0",
            "RCPT, 421 4.3.2 shutting down, deferred the recipient: 421 4.3.2",
            "., 451 4.3.0 ann@example.org later, deferred the message: 451 4.3.0",
            "RCPT, 530 5.7.0 log in first there, refused the recipient: 530 5.7.0",
            "., 535 5.7.8 not from here, refused the message: 535 5.7.8",
            "MAIL, 452 4.3.1 disk full, deferred the sender: 452 4.3.1",
            "MAIL, 550 5.7.1 hello@millrace.example may not, refused the sender: 550 5.7.1",
            "CONNECT, 554 5.3.2 not today, refused the connection: 554 5.3.2",
            "CONNECT, 421 4.3.2 too many, deferred the connection: 421 4.3.2"})
    void isTriedAgainWhereTheServerMayChangeItsMind(String verb, String reply, String reason) {
        server.answering(verb, reply);

        var failure = attempt();

        assertThat(failure).isInstanceOf(MailDeferred.class)
                .hasMessage("mail server at 127.0.0.1:%d %s".formatted(server.port(), reason));
        assertThat(everythingOf(failure)).doesNotContain("@example.org");
    }

    @ParameterizedTest
    @CsvSource({"AUTH, 535 5.7.8 postman@millrace.example: wrong password", "MAIL, 530 5.7.0 log in first"})
    void isPutOffWhereTheLoginIsWrong(String verb, String reply) {
        server.answering(verb, reply);

        var failure = catchException(() -> PerformJob
                .with(Postmen.sendingEmailBy(Postmen.loggingInAt(server.port()))).run(JOB));

        assertThat(failure).isInstanceOf(TryAgainLater.class).hasMessage("the mail server refuses the login");
        assertThat(everythingOf(failure)).doesNotContain("postman@", "@example.org");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONNECT", "EHLO", "MAIL", "RCPT", "DATA"})
    void isTriedAgainWhereTheConnectionIsLost(String verb) {
        server.hangingUpOn(verb).hangingUpOn("HELO");

        var failure = attempt();

        assertThat(failure).isInstanceOf(MailServerUnreachable.class)
                .hasMessageStartingWith("mail server at 127.0.0.1:%d: ".formatted(server.port()));
        assertThat(everythingOf(failure)).doesNotContain("@example.org");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONNECT", "RCPT"})
    void isTriedAgainWhereTheServerFallsSilent(String verb) {
        server.silentOn(verb);

        assertThat(catchException(() -> PerformJob
                .with(Postmen.sendingEmailBy(Postmen.impatientlyDeliveringTo(server.port()))).run(JOB)))
                .isInstanceOf(MailServerUnreachable.class)
                .hasMessage("mail server at 127.0.0.1:%d: Read timed out".formatted(server.port()));
    }

    @Test
    void isTriedAgainWhereNoServerListens() {
        server.close();

        assertThat(attempt()).isInstanceOf(MailServerUnreachable.class)
                .hasMessage("mail server at 127.0.0.1:%d: Connection refused".formatted(server.port()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hang up", "421 4.3.2 in a hurry"})
    void isSentOnceTheServerHasAcceptedItHoweverItSaysFarewell(String farewell) {
        server.answering("QUIT", farewell);

        assertThat(attempt()).isNull();
        assertThat(server.commands()).filteredOn(line -> line.equals("DATA")).hasSize(1);
    }

    private Exception attempt() {
        return catchException(
                () -> PerformJob.with(Postmen.sendingEmailBy(Postmen.deliveringTo(server.port()))).run(JOB));
    }

    /** What a dashboard or a log could show of it: its messages and those of its causes. */
    private static String everythingOf(Exception failure) {
        var text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
