package io.millrace.worker.mail;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.millrace.core.mail.SendEmail;
import io.millrace.jobs.JobQueue;
import io.millrace.jobs.JobStatus;
import io.millrace.jobs.JobStatus.State;
import io.millrace.worker.WorkerUnderTest;

import static org.assertj.core.api.Assertions.assertThat;

/** Mails whose ledger is away, for longer than a run has patience, just when the server has them. */
@Tag("long")
class MailOutageTest {

    private final ScriptedSmtp server = new ScriptedSmtp();
    private final WorkerUnderTest worker = WorkerUnderTest.start("spring.mail.host=127.0.0.1",
            "spring.mail.port=" + server.port(), "millrace.redis.url=redis://127.0.0.1:1",
            "millrace.mail.when-unknown.send-email=park", "millrace.jobs.types.send-email.back-off=PT1S");
    private final JobQueue queue = worker.bean(JobQueue.class);
    private final JdbcClient jdbc = worker.bean(JdbcClient.class);

    @AfterEach
    void stop() {
        worker.close();
        server.close();
    }

    @Test
    void areParkedWhereSomebodyWouldGetThemTwiceAndStayUntilTheirJobsAreGone() {
        var allInData = new CyclicBarrier(3, () -> jdbc.sql("alter table mail_recipients rename to away").update());
        server.before(".", () -> meet(allInData)).hangingUpOnceOn(". RCPT TO:<lost@example.org>")
                .answeringOnce("RCPT TO:<later@example.org>", "451 4.7.1 greylisted");
        UUID lost = queue.enqueue(mail("lost@example.org"));
        UUID whole = queue.enqueue(mail("whole@example.org"));
        UUID half = queue.enqueue(mail("half@example.org", "later@example.org"));

        await().untilAsserted(() -> assertThat(job(half).state()).isEqualTo(State.FAILED));
        assertThat(error(half)).contains("the mail was accepted for 1 recipients, but the database did not take that");
        await().untilAsserted(() -> assertThat(job(whole).state()).as("nobody is left").isEqualTo(State.SUCCEEDED));
        jdbc.sql("alter table away rename to mail_recipients").update();
        await().untilAsserted(() -> assertThat(job(lost).state()).isEqualTo(State.FAILED));
        assertThat(error(lost)).contains("the run before ended between DATA and the mail server's answer");
        assertThat(Map.of("lost", state(lost), "whole", state(whole), "half", state(half)))
                .isEqualTo(Map.of("lost", "UNKNOWN", "whole", "SENDING", "half", "SENDING"));
        assertThat(server.messages()).hasSize(3);

        sweepAfterAWeek();
        assertThat(rows()).as("their jobs are still there").isEqualTo(3);
        server.before(".", () -> {
        });
        queue.retry(half);
        await().untilAsserted(() -> assertThat(state(half)).isEqualTo("SENT"));
        await().untilAsserted(() -> assertThat(job(half).state()).isEqualTo(State.SUCCEEDED));
        assertThat(server.messages()).as("the person has said so").hasSize(4);

        jdbc.sql("delete from millrace_jobs.jobrunr_jobs where id = any (cast(:ids as text[]))")
                .param("ids", new String[]{lost.toString(), whole.toString()}).update();
        sweepAfterAWeek();
        assertThat(rows()).isEqualTo(1);
        assertThat(state(half)).isEqualTo("SENT");
    }

    private static SendEmail mail(String to, String... cc) {
        return new SendEmail(to, "Lunch?", "At noon.", null, List.of(cc), null, null, null, null);
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }

    private void sweepAfterAWeek() {
        jdbc.sql("update mails set look_at = now() - interval '1 second'").update();
        worker.bean(MailSweep.class).sweep();
    }

    private JobStatus job(UUID id) {
        return queue.find(id).orElseThrow();
    }

    private String error(UUID id) {
        var error = Objects.requireNonNull(job(id).error());
        assertThat(error.type()).isEqualTo("MailParked");
        return error.message();
    }

    private String state(UUID id) {
        return jdbc.sql("select state from mails where job_id = ?").param(id).query(String.class).single();
    }

    private int rows() {
        return jdbc.sql("select count(*) from mails").query(Integer.class).single();
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofMinutes(1)).pollInterval(Duration.ofMillis(250));
    }
}
