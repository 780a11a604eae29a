package io.millrace.worker.mail;

import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.millrace.core.mail.MailSent;
import io.millrace.jobs.JobExecution;
import io.millrace.jobs.JobHandler;
import io.millrace.jobs.PermanentFailure;
import io.millrace.jobs.testing.PerformJob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchException;

/** Mails whose letters cannot be written any more: a recipient has unsubscribed, a user or an attachment is gone. */
class LetterGoneTest {

    private static final LetterHandler.SendLetter JOB = new LetterHandler.SendLetter(
            List.of("ann@example.org", "eve@example.org"));

    private final ScriptedSmtp server = new ScriptedSmtp();
    private final Postman postman = Postmen.deliveringTo(server.port());
    private final UUID id = UUID.randomUUID();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void stayWhatTheyWereOnceTheyAreSent() throws Exception {
        var sent = PerformJob.with(new LetterHandler(postman)).as(id, 1).run(JOB);

        assertThat(PerformJob.with(new Gone()).as(id, 2).run(JOB)).isEqualTo(sent);

        assertThat(row()).isEqualTo("SENT null");
    }

    @Test
    void failWithTheReasonInTheirRow() {
        assertThat(catchException(() -> PerformJob.with(new Gone()).as(id, 1).run(JOB)))
                .isInstanceOf(PermanentFailure.class).hasMessage("there is no file to attach");

        assertThat(row()).isEqualTo("FAILED there is no file to attach");
        assertThat(server.connections()).isZero();
    }

    @Test
    void endWithThoseWhoHaveGotThem() throws Exception {
        server.answeringOnce("RCPT TO:<eve@example.org>", "450 4.2.0 greylisted");
        assertThat(catchException(() -> PerformJob.with(new LetterHandler(postman)).as(id, 1).run(JOB))).isNotNull();

        var sent = PerformJob.with(new Gone()).as(id, 1).run(JOB);

        assertThat(sent.accepted()).containsExactly("ann@example.org");
        assertThat(sent.refused()).containsExactly(new MailSent.Refused("eve@example.org", "450 4.2.0"));
        assertThat(row()).isEqualTo("SENT there is no file to attach");
    }

    private String row() {
        return Postmen.DATABASE.sql("select state || ' ' || coalesce(reason, 'null') from mails where job_id = ?")
                .param(id).query(String.class).single();
    }

    private final class Gone implements JobHandler<LetterHandler.SendLetter, MailSent> {

        @Override
        public MailSent handle(LetterHandler.SendLetter job, JobExecution execution) throws Exception {
            return postman.send(execution, () -> {
                throw new PermanentFailure("there is no file to attach");
            });
        }
    }
}
