package io.millrace.worker.mail;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.millrace.core.files.FileStore;
import io.millrace.core.mail.SendEmail;
import io.millrace.jobs.testing.PerformJob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchException;

/** Mails that are broken off in the middle of an attachment: certainly not sent, and known not to be. */
class UnreadableAttachmentTest {

    private final ScriptedSmtp server = new ScriptedSmtp();
    private final JdbcClient files = Postmen.worker().bean(JdbcClient.class);
    private final UUID id = UUID.randomUUID();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void isNoDoubtWhereTheStoreFails() throws Exception {
        server.before("DATA", () -> files.sql("alter table file_chunks rename to away").update());
        try {
            assertThat(catchException(() -> attempt().run(mail()))).isInstanceOf(DataAccessException.class);
        } finally {
            files.sql("alter table away rename to file_chunks").update();
        }

        server.before("DATA", () -> {
        });
        assertThat(row()).startsWith("PENDING not sent because of ");
        assertThat(PerformJob.with(handler()).as(id, 2).run(mail()).accepted()).containsExactly("ann@example.org");
    }

    private PerformJob<SendEmail, io.millrace.core.mail.MailSent> attempt() {
        return PerformJob.with(handler()).as(id, 1);
    }

    private SendEmailHandler handler() {
        return Postmen.sendingEmailBy(Postmen.patientlyDeliveringTo(server.port()));
    }

    private SendEmail mail() throws Exception {
        var file = Postmen.worker().bean(FileStore.class).store("a.bin", null,
                new ByteArrayInputStream(new byte[100_000]));
        return new SendEmail("ann@example.org", "s", "t", null, null, null, null, List.of(file.id()), null);
    }

    private String row() {
        return Postmen.DATABASE.sql("select state || ' ' || coalesce(reason, '') from mails where job_id = ?")
                .param(id).query(String.class).single();
    }
}
