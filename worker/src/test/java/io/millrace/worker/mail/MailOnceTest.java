package io.millrace.worker.mail;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.millrace.core.mail.MailSent;
import io.millrace.core.mail.SendEmail;
import io.millrace.jobs.PermanentFailure;
import io.millrace.jobs.TryAgainLater;
import io.millrace.jobs.testing.PerformJob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchException;

/** What is known of a mail while it is sent, and what the next run of its job makes of that. */
class MailOnceTest {

    private static final SendEmail JOB = new SendEmail("ann@example.org", "Lunch?", "At noon.", null);
    private static final String LOST = "mail server at 127.0.0.1:%d: connection lost; whether mail %d of this job was sent is not known: it is sent again when the job is tried again";

    private final ScriptedSmtp server = new ScriptedSmtp();
    private final UUID id = UUID.randomUUID();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void isSendingBeforeTheServerReadsTheDataAndSentAfterIt() throws Exception {
        var atData = new AtomicReference<>("");
        var atRcpt = new AtomicReference<>("");
        server.before("RCPT", () -> atRcpt.set(state())).before("DATA", () -> atData.set(state()));

        run(WhenUnknown.RESEND);

        assertThat(atRcpt).hasValue("PENDING");
        assertThat(atData).hasValue("SENDING");
        assertThat(state()).isEqualTo("SENT");
        assertThat(recipients()).containsExactly(Map.entry("ann@example.org", "ACCEPTED"));
    }

    @Test
    void opensNoConnectionOnceItIsSent() throws Exception {
        var first = run(WhenUnknown.RESEND);

        assertThat(run(WhenUnknown.RESEND)).isEqualTo(first);

        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void isSentAgainUnderTheSameNameWhereNobodyKnows() throws Exception {
        server.hangingUpOnceOn(".");

        var failure = catchException(() -> run(WhenUnknown.RESEND));
        assertThat(failure).isInstanceOf(MailOutcomeUnknown.class).hasMessage(LOST.formatted(server.port(), 1));
        assertThat(state()).isEqualTo("UNKNOWN");

        assertThat(run(WhenUnknown.RESEND).accepted()).containsExactly("ann@example.org");
        assertThat(state()).isEqualTo("SENT");
        assertThat(server.messages()).hasSize(2)
                .allMatch(message -> message.contains("Message-ID: <" + id + "@millrace.example>"));
    }

    @Test
    void staysWhereNobodyKnowsAndAPersonIsToDecide() {
        server.hangingUpOnceOn(".");

        for (int run = 0; run < 3; run++) {
            assertThat(catchException(() -> run(WhenUnknown.PARK))).isInstanceOf(MailParked.class)
                    .hasMessage(LOST.formatted(server.port(), 1));
        }

        assertThat(state()).isEqualTo("UNKNOWN");
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void isUnknownToWhoeverFindsThatARunEndedInTheMiddle() throws Exception {
        endInTheMiddle();

        assertThat(catchException(() -> run(WhenUnknown.PARK))).isInstanceOf(MailParked.class).hasMessageStartingWith(
                "the run before ended between DATA and the mail server's answer; whether mail 1 of this job was sent");
        assertThat(state()).isEqualTo("UNKNOWN");
        assertThat(server.connections()).isZero();
        assertThat(run(WhenUnknown.RESEND).messageId()).isEqualTo("<" + id + "@millrace.example>");
        assertThat(server.messages()).hasSize(1);
    }

    /** As a killed worker leaves it. */
    private void endInTheMiddle() {
        Postmen.DATABASE.sql("""
                             insert into mails (key, job_id, type, message_id, state, sends, look_at)
                             values (?, ?, 'send-email', ?, 'SENDING', 1, now())
                             """).params(id.toString(), id, "<" + id + "@millrace.example>").update();
    }

    @Test
    void isNotSentByTheSecondOfTwoRunsIfTheFirstGetsItThrough() throws Exception {
        try (var other = new ScriptedSmtp()) {
            var second = new CompletableFuture<MailSent>();
            other.before("RCPT", () -> Awaitility.await().until(() -> state().equals("SENT")));
            server.before(".", () -> {
                Thread.ofVirtual().start(() -> second.completeAsync(() -> unchecked(other)));
                Awaitility.await().until(() -> other.commands().stream().anyMatch(line -> line.startsWith("RCPT")));
            });

            var first = PerformJob.with(Postmen.sendingEmailBy(Postmen.patientlyDeliveringTo(server.port()))).as(id, 1)
                    .run(JOB);

            assertThat(second.get()).isEqualTo(first);
            assertThat(other.commands()).doesNotContain("DATA");
        }
    }

    private MailSent unchecked(ScriptedSmtp at) {
        try {
            return PerformJob.with(Postmen.sendingEmailBy(Postmen.patientlyDeliveringTo(at.port()))).as(id, 1).run(JOB);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void beginsNothingOnceItIsToStop() {
        var cancelled = PerformJob.with(Postmen.sendingEmailBy(Postmen.deliveringTo(server.port()))).as(id, 1);
        server.before("RCPT", cancelled::cancel);

        assertThat(catchException(() -> cancelled.run(JOB))).isNotNull();

        assertThat(server.messages()).isEmpty();
        assertThat(state()).isEqualTo("PENDING");
    }

    @Test
    void isWrittenDownWhenTheDatabaseTakesItAgain() throws Exception {
        server.before(".", () -> {
            Postmen.DATABASE.sql("alter table mail_recipients rename to away").update();
            CompletableFuture.delayedExecutor(1, java.util.concurrent.TimeUnit.SECONDS)
                    .execute(() -> Postmen.DATABASE.sql("alter table away rename to mail_recipients").update());
        });

        assertThat(run(WhenUnknown.PARK).accepted()).hasSize(1);

        assertThat(state()).isEqualTo("SENT");
        assertThat(server.messages()).hasSize(1);
    }

    @Test
    void goesOnlyToThoseWhoHaveNotGotIt() throws Exception {
        server.answering("RCPT TO:<bob@example.org>", "550 5.1.1 <bob@example.org> unknown")
                .answeringOnce("RCPT TO:<eve@example.org>", "450 4.2.0 <eve@example.org> greylisted");
        var handler = new LetterHandler(Postmen.deliveringTo(server.port()));
        var job = new LetterHandler.SendLetter(List.of("ann@example.org", "bob@example.org", "eve@example.org"));

        assertThat(catchException(() -> PerformJob.with(handler).as(id, 1).run(job))).isInstanceOf(TryAgainLater.class)
                .hasMessage("1 recipients are left, who were deferred");
        assertThat(state()).isEqualTo("PENDING");
        assertThat(recipients()).isEqualTo(
                Map.of("ann@example.org", "ACCEPTED", "bob@example.org", "REFUSED", "eve@example.org", "WAITING"));

        var sent = PerformJob.with(handler).as(id, 1).run(job);

        assertThat(sent.accepted()).containsExactly("ann@example.org", "eve@example.org");
        assertThat(sent.refused()).containsExactly(new MailSent.Refused("bob@example.org", "550 5.1.1"));
        assertThat(server.commands()).filteredOn(line -> line.startsWith("RCPT")).containsExactly(
                "RCPT TO:<ann@example.org>", "RCPT TO:<bob@example.org>", "RCPT TO:<eve@example.org>",
                "RCPT TO:<eve@example.org>");
    }

    @Test
    void failsForThoseWhoseDataWasRefusedAndGoesOnWithTheOthers() throws Exception {
        server.answeringOnce("RCPT TO:<eve@example.org>", "450 4.2.0 greylisted").answeringOnce(".", "554 5.7.1 spam");
        var handler = new LetterHandler(Postmen.deliveringTo(server.port()));
        var job = new LetterHandler.SendLetter(List.of("ann@example.org", "eve@example.org"));

        assertThat(catchException(() -> PerformJob.with(handler).as(id, 1).run(job))).isInstanceOf(MailDeferred.class);
        var sent = PerformJob.with(handler).as(id, 2).run(job);

        assertThat(sent.accepted()).containsExactly("eve@example.org");
        assertThat(sent.refused()).containsExactly(new MailSent.Refused("ann@example.org", "554 5.7.1"));
    }

    @Test
    void failsWhereEverybodyIsRefusedAndIsTriedAgainOnlyByWhoeverPutsTheJobBack() throws Exception {
        server.answeringOnce("RCPT", "550 5.1.1 <ann@example.org> unknown");

        assertThat(catchException(() -> run(WhenUnknown.PARK))).isInstanceOf(PermanentFailure.class);
        assertThat(state()).isEqualTo("FAILED");
        assertThat(recipients()).containsExactly(Map.entry("ann@example.org", "REFUSED"));

        assertThat(run(WhenUnknown.PARK).accepted()).containsExactly("ann@example.org");
    }

    @Test
    void keepsNoAddressWithItsReason() {
        server.answering("RCPT", "450 4.2.0 <ann@example.org> greylisted");

        assertThat(catchException(() -> run(WhenUnknown.RESEND))).isInstanceOf(MailDeferred.class);

        assertThat(Postmen.DATABASE.sql("select reason from mails where job_id = ?").param(id).query(String.class)
                .single())
                .isEqualTo("mail server at 127.0.0.1:%d deferred the recipient: 450 4.2.0".formatted(server.port()));
    }

    private MailSent run(WhenUnknown whenUnknown) throws Exception {
        return PerformJob.with(Postmen.sendingEmailBy(Postmen.deliveringTo(server.port(), whenUnknown))).as(id, 1)
                .run(JOB);
    }

    /** As another connection sees it. */
    private String state() {
        return Postmen.DATABASE.sql("select state from mails where job_id = ?").param(id).query(String.class).single();
    }

    private Map<String, String> recipients() {
        var found = new java.util.HashMap<String, String>();
        Postmen.DATABASE.sql("select address, state from mail_recipients where mail_key = ?").param(id.toString())
                .query(row -> {
                    found.put(row.getString("address"), row.getString("state"));
                });
        return found;
    }
}
