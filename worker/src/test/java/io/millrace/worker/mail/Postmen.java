package io.millrace.worker.mail;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;

import org.springframework.mail.javamail.JavaMailSenderImpl;

import io.millrace.worker.mail.smtp.Transports;

/** A postman for a mail server on this machine, at a fixed time. */
final class Postmen {

    static final Instant NOW = Instant.parse("2026-03-01T10:15:30.123456Z");

    private Postmen() {
    }

    static Postman deliveringTo(int port) {
        return new Postman(Transports.to(serverAt(port)), settings(), List.of(), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    static Postman loggingInAt(int port) {
        var server = serverAt(port);
        server.setUsername("postman@millrace.example");
        server.setPassword("wrong");
        return new Postman(Transports.to(server), settings(), List.of(), Clock.fixed(NOW, ZoneOffset.UTC));
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
