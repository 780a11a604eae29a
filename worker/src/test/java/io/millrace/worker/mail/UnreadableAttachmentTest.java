package io.millrace.worker.mail;

import java.io.ByteArrayInputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.millrace.core.files.FileStore;
import io.millrace.core.mail.MailSent;
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
            assertThat(catchException(() -> attempt().run(mail(100_000)))).isInstanceOf(DataAccessException.class);
        } finally {
            files.sql("alter table away rename to file_chunks").update();
        }

        server.before("DATA", () -> {
        });
        assertThat(row()).startsWith("PENDING not sent because of ");
        assertThat(PerformJob.with(handler()).as(id, 2).run(mail(100_000)).accepted())
                .containsExactly("ann@example.org");
    }

    /** While it waits for the server, which has fallen asleep over the attachment. */
    @Test
    void isNoDoubtWhereItsRunIsToldToStopWhileItWrites() throws Exception {
        var attempt = attempt();
        var asleep = new CountDownLatch(1);
        server.before("data", () -> {
            attempt.cancel();
            awaitUnlessCut(asleep);
        });

        assertThat(failureOf(attempt, mail(20_000_000))).isInstanceOf(InterruptedException.class);
        asleep.countDown();

        isSentWholeByTheNextRun();
    }

    /** While it waits for the store. */
    @Test
    void isNoDoubtWhereItsRunIsToldToStopWhileItReads() throws Exception {
        var attempt = attempt();
        var mail = mail(20_000_000);
        try (var lock = Postmen.worker().bean(DataSource.class).getConnection()) {
            lock.setAutoCommit(false);
            server.before("DATA", () -> execute(lock, "lock table file_chunks in access exclusive mode"));
            Thread.ofVirtual().start(() -> {
                Awaitility.await().until(this::somebodyWaitsForChunks);
                attempt.cancel();
            });

            assertThat(failureOf(attempt, mail)).isInstanceOf(InterruptedException.class);
            lock.rollback();
        }

        isSentWholeByTheNextRun();
    }

    private void isSentWholeByTheNextRun() throws Exception {
        assertThat(row()).startsWith("PENDING ");
        server.before("DATA", () -> {
        }).before("data", () -> {
        });
        var ended = new AtomicInteger();
        server.before(".", ended::incrementAndGet);

        assertThat(PerformJob.with(handler()).as(id, 2).run(mail(10)).accepted()).containsExactly("ann@example.org");

        assertThat(ended).hasValue(1);
        assertThat(row()).startsWith("SENT ");
    }

    /** In a thread as the engine's are: those of the operating system cannot be interrupted while they read or write. */
    private static Exception failureOf(PerformJob<SendEmail, MailSent> attempt, SendEmail mail) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.submit(() -> catchException(() -> attempt.run(mail))).get();
        }
    }

    private boolean somebodyWaitsForChunks() {
        return files.sql("""
                         select exists (select from pg_locks where not granted and relation = 'file_chunks'::regclass)
                         """).query(Boolean.class).single();
    }

    private static void execute(Connection connection, String sql) {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitUnlessCut(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private PerformJob<SendEmail, MailSent> attempt() {
        return PerformJob.with(handler()).as(id, 1);
    }

    private SendEmailHandler handler() {
        return Postmen.sendingEmailBy(Postmen.patientlyDeliveringTo(server.port()));
    }

    private static SendEmail mail(int attached) throws Exception {
        var file = Postmen.worker().bean(FileStore.class).store("a.bin", null,
                new ByteArrayInputStream(new byte[attached]));
        return new SendEmail("ann@example.org", "s", "t", null, null, null, null, List.of(file.id()), null);
    }

    private String row() {
        return Postmen.DATABASE.sql("select state || ' ' || coalesce(reason, '') from mails where job_id = ?")
                .param(id).query(String.class).single();
    }
}
