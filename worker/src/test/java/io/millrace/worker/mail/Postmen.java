package io.millrace.worker.mail;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;

import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.util.unit.DataSize;

import io.millrace.worker.WorkerUnderTest;

/** Postmen for a mail server on this machine, at a fixed time, and handlers that have them. */
final class Postmen {

    static final Instant NOW = Instant.parse("2026-03-01T10:15:30.123456Z");

    private Postmen() {
    }

    /** One that makes its letters as in a worker, on a database of its own. */
    static SendEmailHandler sendingEmailBy(Postman postman) {
        return new SendEmailHandler(worker().bean(WriteEmail.class), postman);
    }

    static Postman deliveringTo(int port) {
        return postman(serverAt(port));
    }

    static Postman loggingInAt(int port) {
        var server = serverAt(port);
        server.setUsername("postman@millrace.example");
        server.setPassword("wrong");
        return postman(server);
    }

    private static Postman postman(JavaMailSenderImpl server) {
        var clock = Clock.fixed(NOW, ZoneOffset.UTC);
        return new Postman(server, new MailWriter(settings(), clock), settings(), clock);
    }

    private static JavaMailSenderImpl serverAt(int port) {
        var server = new JavaMailSenderImpl();
        server.setHost("127.0.0.1");
        server.setPort(port);
        server.getJavaMailProperties().setProperty("mail.smtp.connectiontimeout", "2000");
        server.getJavaMailProperties().setProperty("mail.smtp.timeout", "500");
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
