package io.millrace.worker.mail;

import java.time.Instant;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.millrace.core.mail.MailSent;
import io.millrace.core.mail.SendEmail;
import io.millrace.jobs.testing.PerformJob;

import static org.assertj.core.api.Assertions.assertThat;

class SendEmailHandlerTest {

    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void sendsPlainTextAlone() throws Exception {
        perform(email("Lunch?", "At noon.", null));

        var mail = received();
        assertThat(mail.getContentType()).isEqualTo("text/plain; charset=UTF-8");
        assertThat(mail.getContent()).isEqualTo("At noon.");
        assertThat(mail.getSubject()).isEqualTo("Lunch?");
    }

    @Test
    void sendsHtmlAsTheAlternativeToText() throws Exception {
        perform(email("Lunch?", "At noon.", "<p>At <b>noon</b>.</p>"));

        var mail = received();
        assertThat(mail.getContentType()).startsWith("multipart/alternative");
        var parts = (MimeMultipart) mail.getContent();
        assertThat(parts.getCount()).isEqualTo(2);
        assertThat(parts.getBodyPart(0).getContentType()).isEqualTo("text/plain; charset=UTF-8");
        assertThat(parts.getBodyPart(0).getContent()).isEqualTo("At noon.");
        assertThat(parts.getBodyPart(1).getContentType()).isEqualTo("text/html; charset=UTF-8");
        assertThat(parts.getBodyPart(1).getContent()).isEqualTo("<p>At <b>noon</b>.</p>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Zoë Ångström", "李小龍", "Ünïcödé 🚲 and more of it, so that the subject needs a second line",
            "= ?UTF-8?Q?not=20encoded?="})
    void carriesAnyScript(String words) throws Exception {
        perform(email(words, words, "<p>" + words + "</p>"));

        var mail = received();
        assertThat(mail.getSubject()).isEqualTo(words);
        var parts = (MimeMultipart) mail.getContent();
        assertThat(parts.getBodyPart(0).getContent()).isEqualTo(words);
        assertThat(parts.getBodyPart(1).getContent()).isEqualTo("<p>" + words + "</p>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"first\r\n.\r\nMAIL FROM:<x@y.example>\r\nlast", "..", "From here", "a\ttab",
            "ends in a line\r\n"})
    void leavesTheTextAsItIs(String text) throws Exception {
        perform(email("Dots", text, null));

        assertThat(received().getContent().toString().stripTrailing()).isEqualTo(text.stripTrailing());
    }

    @Test
    void sendsFromTheConfiguredSenderToTheRecipient() throws Exception {
        perform(email("Lunch?", "At noon.", null));

        var mail = received();
        assertThat(mail.getFrom()).containsExactly(new InternetAddress("hello@millrace.example", "Millrace"));
        assertThat(mail.getAllRecipients()).containsExactly(new InternetAddress("ann@example.org"));
        assertThat(mail.getRecipients(RecipientType.TO)).hasSize(1);
    }

    @Test
    void datesTheMailByTheClock() throws Exception {
        perform(email("Lunch?", "At noon.", null));

        assertThat(received().getSentDate()).isEqualTo(Date.from(Instant.parse("2026-03-01T10:15:30Z")));
    }

    @Test
    void sendsNothingOnceItWasSent() throws Exception {
        var id = UUID.randomUUID();
        var handler = Postmen.sendingEmailBy(Postmen.deliveringTo(server.getSmtp().getPort()));

        var first = PerformJob.with(handler).as(id, 1).run(email("Lunch?", "At noon.", null));
        var again = PerformJob.with(handler).as(id, 2).run(email("Lunch?", "At noon.", null));

        assertThat(received().getMessageID()).isEqualTo("<" + id + "@millrace.example>");
        assertThat(again).isEqualTo(first);
    }

    @Test
    void answersWhatTheServerAccepted() throws Exception {
        MailSent sent = perform(email("Lunch?", "At noon.", null));

        assertThat(sent)
                .isEqualTo(new MailSent(received().getMessageID(), List.of("ann@example.org"), Postmen.NOW));
    }

    @Test
    void addsNoHeadersButItsOwn() throws Exception {
        perform(email("Lunch?", "At noon.", null));

        assertThat(Collections.list(received().getAllHeaderLines())).extracting(line -> line.split(":", 2)[0])
                .containsExactlyInAnyOrder("Return-Path", "Received", "Date", "From", "To", "Message-ID", "Subject",
                        "MIME-Version", "Content-Type", "Content-Transfer-Encoding");
    }

    private MailSent perform(SendEmail job) throws Exception {
        return PerformJob.with(Postmen.sendingEmailBy(Postmen.deliveringTo(server.getSmtp().getPort()))).run(job);
    }

    private MimeMessage received() {
        assertThat(server.getReceivedMessages()).hasSize(1);
        return server.getReceivedMessages()[0];
    }

    private static SendEmail email(String subject, String text, @Nullable String html) {
        return new SendEmail("ann@example.org", subject, text, html);
    }
}
