package io.millrace.worker.mail;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.util.unit.DataSize;

import io.millrace.testkit.TestPostgres;
import io.millrace.worker.WorkerUnderTest;
import io.millrace.worker.mail.smtp.Transports;

/** Postmen for a mail server on this machine, at a fixed time, with a ledger that all of them share, and handlers that have them. */
final class Postmen {

    static final Instant NOW = Instant.parse("2026-03-01T10:15:30.123456Z");

    /** Where the ledger is. */
    static final JdbcClient DATABASE = database();

    private Postmen() {
    }

    /** One that makes its letters as in a worker, on a database of its own. */
    static SendEmailHandler sendingEmailBy(Postman postman) {
        // Other tests' addresses that do not exist.
        worker().bean(JdbcClient.class).sql("delete from mail_suppressions").update();
        return new SendEmailHandler(worker().bean(WriteEmail.class), postman);
    }

    static Postman deliveringTo(int port) {
        return postman(serverAt(port), Map.of());
    }

    static Postman deliveringTo(int port, WhenUnknown whenUnknown) {
        return postman(serverAt(port), Map.of("send-email", whenUnknown));
    }

    /** For a server that falls silent. */
    static Postman impatientlyDeliveringTo(int port) {
        var server = serverAt(port);
        server.getJavaMailProperties().setProperty("mail.smtp.timeout", "500");
        return postman(server, Map.of());
    }

    /** For a server that takes its time. */
    static Postman patientlyDeliveringTo(int port) {
        var server = serverAt(port);
        server.getJavaMailProperties().setProperty("mail.smtp.timeout", "30000");
        return postman(server, Map.of());
    }

    static Postman loggingInAt(int port) {
        var server = serverAt(port);
        server.setUsername("postman@millrace.example");
        server.setPassword("wrong");
        return postman(server, Map.of());
    }

    private static Postman postman(JavaMailSenderImpl server, Map<String, WhenUnknown> whenUnknown) {
        var clock = Clock.fixed(NOW, ZoneOffset.UTC);
        var sending = new SendingSettings(whenUnknown, Duration.ofMinutes(1), Duration.ofMinutes(30),
                Duration.ofDays(7),
                Duration.ofMinutes(10));
        var desk = new MailDesk(new MailLedger(DATABASE, sending), settings(), sending, (_, _) -> false, clock);
        return new Postman(desk, new MailWriter(settings(), clock), Transports.to(server),
                new LoginBreaker(sending, clock, new SimpleMeterRegistry()),
                new HardBounces(_ -> {
                }), List.of(), ObservationRegistry.NOOP);
    }

    private static JdbcClient database() {
        var database = TestPostgres.dataSource(TestPostgres.newDatabase());
        new ResourceDatabasePopulator(new ClassPathResource("db/migration/V8__mails.sql")).execute(database);
        return JdbcClient.create(database);
    }

    private static JavaMailSenderImpl serverAt(int port) {
        var server = new JavaMailSenderImpl();
        server.setHost("127.0.0.1");
        server.setPort(port);
        server.getJavaMailProperties().setProperty("mail.smtp.connectiontimeout", "2000");
        server.getJavaMailProperties().setProperty("mail.smtp.timeout", "10000");
        return server;
    }

    static MailSettings settings() {
        try {
            return new MailSettings(new InternetAddress("Millrace <hello@millrace.example>"),
                    DataSize.ofMegabytes(25));
        } catch (AddressException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A worker that takes no jobs, for its beans and its database; it ends with the JVM. */
    static WorkerUnderTest worker() {
        return Shared.WORKER;
    }

    private static final class Shared {

        static final WorkerUnderTest WORKER = WorkerUnderTest.startForDraining("millrace.redis.url=redis://127.0.0.1:1",
                "millrace.unsubscribe.url=https://api.example.org",
                "millrace.unsubscribe.key=thirty-two characters, or more of it");
    }
}
