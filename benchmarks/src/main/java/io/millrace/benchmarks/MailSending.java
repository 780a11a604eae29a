package io.millrace.benchmarks;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.mail.autoconfigure.MailSenderAutoConfiguration;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.mail.javamail.JavaMailSender;

import io.millrace.worker.mail.smtp.MailTransport;

/** Mails to a sink in this process: a connection for each, as Spring's sender has it, beside connections that are kept. */
final class MailSending {

    private static final Duration TIME = Duration.ofSeconds(1);
    private static final int ROUNDS = 3;
    private static final int MANY = 8;

    private final SmtpSink sink;

    private MailSending(SmtpSink sink) {
        this.sink = sink;
    }

    static String measure() throws Exception {
        try (var sink = new SmtpSink()) {
            return new MailSending(sink).alternate();
        }
    }

    private String alternate() throws Exception {
        try (var one = context(1); var many = context(MANY)) {
            var plain = one.getBean(JavaMailSender.class);
            Callable<?> connecting = () -> {
                plain.send(mail());
                return null;
            };
            var all = new Alternating<Double>().peer("JavaMailSender, one caller", () -> perSecond(connecting, 1))
                    .peer("one kept connection", () -> perSecond(over(one), 1))
                    .peer("JavaMailSender, eight callers", () -> perSecond(connecting, MANY))
                    .peer("eight kept connections", () -> perSecond(over(many), MANY)).rounds(2, ROUNDS);
            var table = new Table("mails of 1 kB to a local sink, without TLS", "mails/s",
                    "times JavaMailSender, as many callers");
            for (int i = 0; i < all.size(); i++) {
                var rounds = all.get(i);
                table.row(rounds.name(), rounds.spread(perSecond -> perSecond).text(0),
                        rounds.timesOf(all.get(i / 2 * 2), perSecond -> perSecond).text(1));
            }
            return table.toString();
        }
    }

    private ConfigurableApplicationContext context(int connections) {
        return new SpringApplicationBuilder(Sender.class).web(WebApplicationType.NONE)
                .properties("spring.main.banner-mode=off", "spring.config.location=optional:classpath:none/",
                        "logging.level.root=warn", "spring.mail.host=127.0.0.1", "spring.mail.port=" + sink.port(),
                        "millrace.mail.tls=off", "millrace.mail.connections.max=" + connections)
                .run();
    }

    private static Callable<?> over(ConfigurableApplicationContext context) {
        var transport = context.getBean(MailTransport.class);
        return () -> transport.send(mail(), List.of(new InternetAddress("ann@example.org")), _ -> {
        });
    }

    private static MimeMessage mail() throws MessagingException {
        var mail = new MimeMessage((Session) null);
        mail.setFrom(new InternetAddress("hello@millrace.example"));
        mail.setRecipient(Message.RecipientType.TO, new InternetAddress("ann@example.org"));
        mail.setSubject("Figures");
        mail.setText("A line of text that is sent again and again.\r\n".repeat(20));
        return mail;
    }

    private double perSecond(Callable<?> send, int callers) throws Exception {
        long before = sink.mails();
        long start = System.nanoTime();
        Callable<Void> caller = () -> {
            while (System.nanoTime() - start < TIME.toNanos()) {
                send.call();
            }
            return null;
        };
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var done : threads.invokeAll(Collections.nCopies(callers, caller))) {
                done.get();
            }
        }
        return (sink.mails() - before) / ((System.nanoTime() - start) / 1e9);
    }

    @Configuration(proxyBeanMethods = false)
    @ComponentScan(basePackageClasses = MailTransport.class)
    @ConfigurationPropertiesScan(basePackageClasses = MailTransport.class)
    @ImportAutoConfiguration({MailSenderAutoConfiguration.class, ValidationAutoConfiguration.class})
    static class Sender {
    }
}
