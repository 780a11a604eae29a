package io.millrace.worker.mail.smtp;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLSocketFactory;
import jakarta.mail.Session;

import org.jspecify.annotations.Nullable;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** Where the mail server is, who logs in there, and what of {@code spring.mail.properties} counts for a connection to it. */
final class MailServer {

    private static final int SMTP = 25;
    private static final int SMTPS = 465;
    private static final Duration ANSWER_TIME = Duration.ofSeconds(15);

    private final String protocol;
    private final String host;
    private final int port;
    private final @Nullable String user;
    private final @Nullable String password;
    private final Properties properties = new Properties();
    private final boolean isTlsRequired;

    /** As {@code sender} is set up now. */
    MailServer(JavaMailSenderImpl sender, SmtpSettings.Tls tls) {
        protocol = sender.getProtocol() == null ? "smtp" : sender.getProtocol();
        properties.putAll(sender.getJavaMailProperties());
        host = sender.getHost() == null ? "localhost" : sender.getHost();
        port = sender.getPort() > 0 ? sender.getPort() : isTlsFromTheStart() ? SMTPS : SMTP;
        user = blankToNull(sender.getUsername());
        password = user == null ? null : blankToNull(sender.getPassword());
        isTlsRequired = tls == SmtpSettings.Tls.REQUIRED;
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    boolean isTlsFromTheStart() {
        return protocol.equals("smtps") || Boolean.parseBoolean(String.valueOf(properties.get(key("ssl.enable"))));
    }

    /** Of one connection, over this wire. */
    Session session(Wire wire, ScheduledExecutorService clock) {
        var all = new Properties();
        all.put(key("connectiontimeout"), "5000");
        all.put(key("writetimeout"), "15000");
        all.putAll(properties);
        all.put(key("timeout"), String.valueOf(answerTime().toMillis()));
        // For its time-outs of writing; otherwise each connection has a thread for them.
        all.put(key("executor.writetimeout"), clock);
        all.put(key("quitwait"), "false");
        all.put(key("socketFactory"), wire);
        all.put(key("socketFactory.fallback"), "false");
        if (isTlsFromTheStart() && all.get(key("ssl.socketFactory")) instanceof SSLSocketFactory tls) {
            all.put(key("ssl.socketFactory"), new TlsOverWire(tls, wire));
        }
        if (isTlsRequired) {
            all.put(key("starttls.enable"), "true");
            all.put(key("starttls.required"), "true");
            all.putIfAbsent(key("ssl.checkserveridentity"), "true");
        }
        return Session.getInstance(all);
    }

    Wire newWire() {
        String socks = properties.getProperty(key("socks.host"));
        return new Wire(socks == null
                ? Proxy.NO_PROXY
                : new Proxy(Proxy.Type.SOCKS,
                        new InetSocketAddress(socks,
                                Integer.parseInt(properties.getProperty(key("socks.port"), "1080")))));
    }

    /** How long an answer may take; there is no waiting for ever. */
    Duration answerTime() {
        Object millis = properties.get(key("timeout"));
        return millis != null && Integer.parseInt(millis.toString()) > 0
                ? Duration.ofMillis(Integer.parseInt(millis.toString()))
                : ANSWER_TIME;
    }

    /** What MAIL FROM names instead of the message's From, such as where bounces go. */
    @Nullable
    String envelopeFrom() {
        return blankToNull(properties.getProperty(key("from")));
    }

    private String key(String property) {
        return "mail." + protocol + "." + property;
    }

    String protocol() {
        return protocol;
    }

    String host() {
        return host;
    }

    int port() {
        return port;
    }

    @Nullable
    String user() {
        return user;
    }

    @Nullable
    String password() {
        return password;
    }

    boolean isTlsRequired() {
        return isTlsRequired;
    }

    /** The same one, so that a connection to it can be used again. */
    boolean isAlso(MailServer other) {
        return host.equals(other.host) && port == other.port && protocol.equals(other.protocol);
    }

    /** For errors and logs. */
    @Override
    public String toString() {
        return "mail server at " + host + ":" + port;
    }
}
