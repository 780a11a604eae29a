package io.millrace.worker.mail.smtp;

import java.time.Duration;

import org.springframework.mail.javamail.JavaMailSenderImpl;

import io.millrace.worker.mail.smtp.SmtpSettings.Connections;
import io.millrace.worker.mail.smtp.SmtpSettings.Tls;

/** Transports to a server on this machine. */
public final class Transports {

    private static final Connections CONNECTIONS = new Connections(2, 100, Duration.ofMinutes(5),
            Duration.ofSeconds(30));

    private Transports() {
    }

    /** Without TLS, unless the sender asks for it. */
    public static MailTransport to(JavaMailSenderImpl sender) {
        return new PooledTransport(sender, settings(Tls.OFF, CONNECTIONS));
    }

    static PooledTransport to(SmtpPeer peer) {
        return to(peer, Tls.OFF);
    }

    static PooledTransport to(SmtpPeer peer, Tls tls) {
        return new PooledTransport(sender(peer), settings(tls, CONNECTIONS));
    }

    static PooledTransport to(SmtpPeer peer, Connections connections) {
        return new PooledTransport(sender(peer), settings(Tls.OFF, connections));
    }

    /** For a server that falls silent. */
    static PooledTransport impatientlyTo(SmtpPeer peer) {
        var sender = sender(peer);
        sender.getJavaMailProperties().setProperty("mail.smtp.timeout", "500");
        return new PooledTransport(sender, settings(Tls.OFF, CONNECTIONS));
    }

    /** With the time that a large mail takes. */
    static PooledTransport patientlyTo(SmtpPeer peer) {
        var sender = sender(peer);
        sender.getJavaMailProperties().setProperty("mail.smtp.timeout", "60000");
        return new PooledTransport(sender,
                new SmtpSettings(Tls.OFF, CONNECTIONS, Duration.ofMinutes(1), Duration.ofMinutes(2)));
    }

    static SmtpSettings settings(Tls tls, Connections connections) {
        return new SmtpSettings(tls, connections, Duration.ofSeconds(3), Duration.ofSeconds(3));
    }

    static JavaMailSenderImpl sender(SmtpPeer peer) {
        var sender = new JavaMailSenderImpl();
        sender.setHost("localhost");
        sender.setPort(peer.port());
        sender.getJavaMailProperties().setProperty("mail.smtp.connectiontimeout", "2000");
        sender.getJavaMailProperties().setProperty("mail.smtp.timeout", "10000");
        return sender;
    }
}
