package io.millrace.worker.mail;

import java.time.Duration;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.millrace.core.mail.SendEmail;
import io.millrace.jobs.JobQueue;
import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.testing.DrainQueue;
import io.millrace.jobs.testing.SettableClock;
import io.millrace.worker.WorkerUnderTest;

import static org.assertj.core.api.Assertions.assertThat;

/** What becomes of old mails, and of those whose jobs a person puts back. */
class MailSweepTest {

    private static final SendEmail JOB = new SendEmail("ann@example.org", "Lunch?", "At noon.", null);

    private final ScriptedSmtp server = new ScriptedSmtp();
    private final WorkerUnderTest worker = WorkerUnderTest.startForDraining("spring.mail.host=127.0.0.1",
            "spring.mail.port=" + server.port(), "millrace.mail.when-unknown.send-email=park");
    private final JobQueue queue = worker.bean(JobQueue.class);
    private final DrainQueue drain = worker.bean(DrainQueue.class);
    private final SettableClock clock = worker.bean(SettableClock.class);
    private final JdbcClient jdbc = worker.bean(JdbcClient.class);
    private final MailSweep sweep = worker.bean(MailSweep.class);

    @AfterEach
    void stop() {
        clock.reset();
        worker.close();
        server.close();
    }

    @Test
    void removesOldMailsWhoseJobsAreGone() {
        UUID kept = queue.enqueue(JOB);
        drain.drainAll();
        var gone = UUID.randomUUID();
        jdbc.sql("insert into mails (key, job_id, type, message_id, look_at) values (?, ?, 'send-email', 'x', now())")
                .params(gone.toString(), gone).update();
        jdbc.sql("insert into mail_recipients (mail_key, address, state) values (?, 'ann@example.org', 'WAITING')")
                .param(gone.toString()).update();

        clock.advance(Duration.ofDays(8));
        sweep.sweep();

        assertThat(jdbc.sql("select job_id from mails").query(UUID.class).list()).containsExactly(kept);
        assertThat(jdbc.sql("select count(*) from mails where look_at > now()").query(Integer.class).single()).isOne();
    }

    @Test
    void aParkedMailIsSentAgainOnceItsJobIsPutBack() {
        server.hangingUpOnceOn(".");
        UUID id = queue.enqueue(JOB);

        assertThat(drain.drainAll()).singleElement().matches(job -> job.state() == State.FAILED)
                .matches(job -> job.error() != null && job.error().type().equals("MailParked"));

        queue.retry(id);
        assertThat(drain.drainAll()).singleElement().matches(job -> job.state() == State.SUCCEEDED);
        assertThat(server.messages()).hasSize(2).allMatch(message -> message.contains("<" + id + "@"));
    }

    /** The second time nobody knows is another doubt, about which the person has said nothing. */
    @Test
    void aMailThatIsParkedOnceMoreIsNotSentByItself() {
        server.answeringOnce(".", "hang up", "hang up");
        UUID id = queue.enqueue(JOB);
        drain.drainAll();
        queue.retry(id);

        assertThat(drain.drainAll()).singleElement().matches(job -> job.state() == State.FAILED)
                .matches(job -> job.error() != null && job.error().message().contains("mail 2 of this job"));
    }
}
