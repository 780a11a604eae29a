package io.millrace.worker.mail;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.web.util.HtmlUtils;
import tools.jackson.databind.json.JsonMapper;

import io.millrace.core.mail.MailSent;
import io.millrace.core.mail.SendEmail;
import io.millrace.core.mail.SendWelcomeEmail;
import io.millrace.core.users.Users;
import io.millrace.jobs.JobQueue;
import io.millrace.jobs.JobResults;
import io.millrace.jobs.JobStatus;
import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.testing.DrainQueue;
import io.millrace.jobs.testing.SettableClock;
import io.millrace.testkit.FreePort;
import io.millrace.worker.WorkerUnderTest;

import static org.assertj.core.api.Assertions.assertThat;

/** Mail jobs through the queue, the worker's handlers and a mail server; there is no Redis. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MailJobsTest {

    private static final SendEmail JOB = new SendEmail("ann@example.org", "Lunch?", "At noon.", "<p>At noon.</p>");

    private final int port = FreePort.find();
    private final WorkerUnderTest worker = WorkerUnderTest.startForDraining("spring.mail.host=127.0.0.1",
            "millrace.redis.url=redis://127.0.0.1:1", "millrace.jobs.types.send-email.back-off=PT1H",
            "millrace.mail.from=Millrace <hello@millrace.example>");
    private final JobQueue queue = worker.bean(JobQueue.class);
    private final JobResults results = worker.bean(JobResults.class);
    private final DrainQueue drain = worker.bean(DrainQueue.class);
    private final SettableClock clock = worker.bean(SettableClock.class);
    private GreenMail server = new GreenMail();

    @BeforeEach
    void startMailServer() {
        worker.bean(JavaMailSenderImpl.class).setPort(port);
        server = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
    }

    @AfterEach
    void stopMailServer() {
        server.stop();
        clock.reset();
        // One test has the server say that the recipient does not exist.
        worker.bean(JdbcClient.class).sql("delete from mail_suppressions").update();
    }

    @AfterAll
    void stopWorker() {
        worker.close();
    }

    @Test
    void sendTheMailAndKeepWhatTheServerSaid() {
        UUID id = queue.enqueue(JOB);

        var done = drained();

        assertThat(done.state()).isEqualTo(State.SUCCEEDED);
        assertThat(done.attempt()).isEqualTo(1);
        assertThat(server.getReceivedMessages()).hasSize(1);
        var sent = JsonMapper.shared().readValue(results.find(id).orElseThrow().json(), MailSent.class);
        assertThat(sent.messageId()).isEqualTo("<" + id + "@millrace.example>");
        assertThat(sent.accepted()).isEqualTo(List.of("ann@example.org"));
        assertThat(sent.sentAt()).isAfterOrEqualTo(done.createdAt());
    }

    @Test
    void backOffWhileTheMailServerIsAwayAndSucceedOnceItIsBack() throws Exception {
        server.stop();
        UUID id = queue.enqueue(JOB);

        var waiting = drained();
        assertThat(waiting.state()).isEqualTo(State.SCHEDULED);
        assertThat(waiting.error()).isEqualTo(new JobStatus.Failure("MailServerUnreachable",
                "mail server at 127.0.0.1:" + port + ": Connection refused"));
        startMailServer();
        assertThat(drain.drainAll()).isEmpty();

        clock.set(Objects.requireNonNull(waiting.scheduledAt()));

        var done = drained();
        assertThat(done.state()).isEqualTo(State.SUCCEEDED);
        assertThat(done.attempt()).isEqualTo(2);
        assertThat(server.getReceivedMessages()).hasSize(1);
        assertThat(server.getReceivedMessages()[0].getMessageID()).isEqualTo("<" + id + "@millrace.example>");
    }

    /** It costs no attempt: somebody was done with. */
    @Test
    void sendToTheGreylistedOnesOfSeveralLaterAndToNobodyTwice() {
        try (var greylisting = new ScriptedSmtp().answeringOnce("RCPT TO:<bob@example.org>",
                "451 4.7.1 <bob@example.org> greylisted")) {
            worker.bean(JavaMailSenderImpl.class).setPort(greylisting.port());
            queue.enqueue(new SendEmail("ann@example.org", "Lunch?", "At noon.", null, List.of("bob@example.org"),
                    List.of("eve@example.org"), null, null, null));

            var waiting = drained();
            assertThat(waiting.state()).isEqualTo(State.SCHEDULED);
            clock.set(Objects.requireNonNull(waiting.scheduledAt()));
            var done = drained();

            assertThat(done.state()).isEqualTo(State.SUCCEEDED);
            assertThat(done.attempt()).isEqualTo(1);
            assertThat(greylisting.commands()).filteredOn(line -> line.startsWith("RCPT")).containsExactly(
                    "RCPT TO:<ann@example.org>", "RCPT TO:<bob@example.org>", "RCPT TO:<eve@example.org>",
                    "RCPT TO:<bob@example.org>");
            assertThat(greylisting.messages()).hasSize(2);
        }
    }

    @Test
    void failAtOnceWithTheReasonWhereTheRecipientIsRefused() {
        try (var refusing = new ScriptedSmtp().answering("RCPT", "550 5.1.1 <ann@example.org>: no such user")) {
            worker.bean(JavaMailSenderImpl.class).setPort(refusing.port());
            UUID id = queue.enqueue(JOB);

            var failed = drained();

            assertThat(failed.state()).isEqualTo(State.FAILED);
            assertThat(failed.attempt()).isEqualTo(1);
            assertThat(failed.error()).isEqualTo(new JobStatus.Failure("MailRefused",
                    "mail server at 127.0.0.1:" + refusing.port() + " refused the recipient: 550 5.1.1"));
            assertThat(results.find(id)).isEmpty();
        }
    }

    @Test
    void failAtOnceWhereTheUserToWelcomeIsGone() {
        var nobody = new UUID(1, 2);
        queue.enqueue(new SendWelcomeEmail(nobody));

        var failed = drained();

        assertThat(failed.state()).isEqualTo(State.FAILED);
        assertThat(failed.attempt()).isEqualTo(1);
        assertThat(failed.error())
                .isEqualTo(new JobStatus.Failure("PermanentFailure", "there is no user " + nobody + " any more"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Zoë Ångström", "李小龍", "Ann O'Neil"})
    void greetANewUserByName(String name) throws Exception {
        var user = worker.bean(Users.class).insert(UUID.randomUUID() + "@example.org", name);

        queue.enqueue(new SendWelcomeEmail(user.id()));

        assertThat(drained().state()).isEqualTo(State.SUCCEEDED);
        var mail = server.getReceivedMessages()[0];
        assertThat(mail.getSubject()).isEqualTo("Welcome to Millrace");
        assertThat(mail.getAllRecipients()).containsExactly(new InternetAddress(user.email()));
        assertThat(((InternetAddress) mail.getAllRecipients()[0]).getPersonal()).isEqualTo(name);
        assertThat(mail.getContentType()).startsWith("multipart/related");
        assertThat(part(mail, 0)).startsWith("Hello " + name + ",").contains("Your account is ready.");
        assertThat(part(mail, 1)).contains("<strong>" + HtmlUtils.htmlEscape(name, "UTF-8") + "</strong>");
    }

    @Test
    void greetANameThatLooksLikeMarkupOrAHeaderAsTheTextItIs() throws Exception {
        var name = "<script>alert(1)</script> [[${7*7}]] & \r\nBcc: bob@example.org";
        var user = worker.bean(Users.class).insert(UUID.randomUUID() + "@example.org", name);

        queue.enqueue(new SendWelcomeEmail(user.id()));

        assertThat(drained().state()).isEqualTo(State.SUCCEEDED);
        assertThat(server.getReceivedMessages()).hasSize(1);
        var mail = server.getReceivedMessages()[0];
        assertThat(mail.getAllRecipients()).hasSize(1);
        assertThat(mail.getHeader("Bcc")).isNull();
        assertThat(part(mail, 0)).contains("<script>alert(1)</script> [[${7*7}]] & ");
        assertThat(part(mail, 1)).contains("&lt;script&gt;alert(1)&lt;/script&gt; [[${7*7}]] &amp; ")
                .doesNotContain("<script>");
    }

    private static String part(MimeMessage mail, int index) throws Exception {
        var related = (MimeMultipart) mail.getContent();
        return (String) ((MimeMultipart) related.getBodyPart(0).getContent()).getBodyPart(index).getContent();
    }

    /** What became of the one job that was waiting. */
    private JobStatus drained() {
        var ran = drain.drainAll();
        assertThat(ran).hasSize(1);
        return ran.getFirst();
    }
}
