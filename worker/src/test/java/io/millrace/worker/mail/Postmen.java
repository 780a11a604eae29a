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
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.mail.javamail.JavaMailSenderImpl;

import io.millrace.testkit.TestPostgres;
import io.millrace.worker.mail.smtp.FreshConnections;

/** A postman for a mail server on this machine, at a fixed time, with a ledger that all of them share. */
final class Postmen {

    static final Instant NOW = Instant.parse("2026-03-01T10:15:30.123456Z");

    /** Where the ledger is. */
    static final JdbcClient DATABASE = database();

    private Postmen() {
    }

    static Postman deliveringTo(int port) {
        return postman(serverAt(port), Map.of());
    }

    static Postman deliveringTo(int port, WhenUnknown whenUnknown) {
        return postman(serverAt(port), Map.of("send-email", whenUnknown));
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
        return new Postman(desk, new MailWriter(settings(), clock), new FreshConnections(server),
                new LoginBreaker(sending, clock, new SimpleMeterRegistry()), List.of());
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
        server.getJavaMailProperties().setProperty("mail.smtp.timeout", "500");
        return server;
    }

    private static MailSettings settings() {
        try {
            return new MailSettings(new InternetAddress("Millrace <hello@millrace.example>"));
        } catch (AddressException e) {
            throw new IllegalStateException(e);
        }
    }
}
