package io.millrace.worker.mail.smtp;

import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLContext;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mail.javamail.JavaMailSenderImpl;

import io.millrace.worker.mail.smtp.SmtpRefused.Stage;
import io.millrace.worker.mail.smtp.SmtpSettings.Connections;
import io.millrace.worker.mail.smtp.SmtpSettings.Tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Mail goes over TLS with the server that is meant, or not at all. */
class TlsTest {

    private static Certificate ours;
    private static Certificate another;

    private final SmtpPeer peer = new SmtpPeer();

    @BeforeAll
    static void makeCertificates(@TempDir Path folder) throws Exception {
        ours = Certificate.of("localhost", folder);
        another = Certificate.of("mail.example.org", folder);
    }

    @AfterEach
    void stop() {
        peer.close();
    }

    @Test
    void startsBeforeTheLoginAndCarriesTheMail() throws Exception {
        peer.withStartTls(ours.server());
        var sender = trusting(ours.client());
        sender.setUsername("postman");
        sender.setPassword("secret");

        try (var transport = required(sender)) {
            Mails.send(transport);
            Mails.send(transport);
        }

        assertThat(peer.dialogues()).hasSize(1);
        var verbs = peer.commands().stream().map(command -> command.replaceAll("^(TLS \\w+|\\w+).*", "$1")).toList();
        assertThat(verbs).startsWith("EHLO", "STARTTLS", "TLS EHLO", "TLS AUTH", "TLS MAIL", "TLS RCPT", "TLS DATA",
                "TLS MAIL");
    }

    @Test
    void isSpokenFromTheFirstByteWhereAskedFor() throws Exception {
        peer.withTlsFromTheStart(ours.server());
        var sender = trusting(ours.client());
        sender.getJavaMailProperties().setProperty("mail.smtp.ssl.enable", "true");

        try (var transport = required(sender)) {
            assertThat(Mails.send(transport).accepted()).containsExactly(Mails.ANN);
        }

        assertThat(peer.commands()).isNotEmpty().allMatch(command -> command.startsWith("TLS "));
    }

    @Test
    void isAskedForWhereTheServerOffersNone() {
        var refused = refusal(required(Transports.sender(peer)));

        assertThat(refused).hasMessage("the mail server at localhost:%d offers no STARTTLS; "
                .formatted(peer.port()) + "set millrace.mail.tls=off only for a server on this machine");
        assertThat(refused.reply().code()).isZero();
        assertThat(peer.commands("MAIL")).isEmpty();
    }

    @Test
    void isNoMatterWhereItIsOff() throws Exception {
        try (var transport = Transports.to(peer, Tls.OFF)) {
            assertThat(Mails.send(transport).accepted()).containsExactly(Mails.ANN);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"454 4.7.0 TLS not available", "501 5.5.4 no"})
    void mayBeRefused(String reply) throws Exception {
        peer.withStartTls(ours.server()).answering("STARTTLS", reply);

        var refused = refusal(required(trusting(ours.client())));

        assertThat(refused.reply().codes()).isEqualTo(reply.substring(0, 9));
        assertThat(peer.commands("MAIL")).isEmpty();
    }

    @Test
    void isRefusedWithWhomTheCertificateDoesNotName() throws Exception {
        peer.withStartTls(another.server());

        assertThat(refusal(required(trusting(another.client())))).hasMessageStartingWith(
                "the mail server at localhost:" + peer.port() + " shows a certificate that is not trusted: ");
        assertThat(peer.commands()).containsExactly(peer.commands().getFirst(), "STARTTLS");
    }

    @Test
    void isRefusedWithWhomNobodyVouchesFor() throws Exception {
        peer.withStartTls(ours.server());

        assertThat(refusal(required(Transports.sender(peer)))).hasMessageStartingWith(
                "the mail server at localhost:" + peer.port() + " shows a certificate that is not trusted: ");
    }

    @Test
    void isRefusedFromTheFirstByteAsWell() throws Exception {
        peer.withTlsFromTheStart(ours.server());
        var sender = trusting(another.client());
        sender.getJavaMailProperties().setProperty("mail.smtp.ssl.enable", "true");

        assertThat(refusal(required(sender))).hasMessageContaining(" shows a certificate that is not trusted: ");
    }

    @Test
    void isNoneWithAServerThatSpeaksPlainly() {
        var sender = Transports.sender(peer);
        sender.getJavaMailProperties().setProperty("mail.smtp.ssl.enable", "true");

        assertThat(refusal(required(sender))).hasMessageStartingWith("no TLS with the mail server at localhost:");
    }

    @Test
    void breaksOffLikeAnythingElse() {
        peer.answering("EHLO", "250-peer\r\n250 STARTTLS").answering("STARTTLS", "220 go on");

        assertThat(catchException(() -> Mails.send(required(Transports.sender(peer)))))
                .isInstanceOf(SmtpUnreachable.class);
    }

    @Test
    void hidesNothingThatWasSaidInAdvance() throws Exception {
        peer.withStartTls(ours.server()).answering("STARTTLS", "220 go on\r\n250-forged\r\n250 AUTH PLAIN");

        try (var transport = required(trusting(ours.client()))) {
            assertThat(Mails.send(transport).accepted()).containsExactly(Mails.ANN);
        }
        assertThat(peer.messages()).hasSize(1);
    }

    private static SmtpRefused refusal(PooledTransport transport) {
        var refused = catchThrowableOfType(SmtpRefused.class, () -> Mails.send(transport));
        assertThat(refused.stage()).isEqualTo(Stage.TLS);
        return refused;
    }

    private static PooledTransport required(JavaMailSenderImpl sender) {
        return new PooledTransport(sender, Transports.settings(Tls.REQUIRED,
                new Connections(1, 100, Duration.ofMinutes(1), Duration.ofMinutes(1))));
    }

    private JavaMailSenderImpl trusting(SSLContext context) {
        var sender = Transports.sender(peer);
        sender.getJavaMailProperties().put("mail.smtp.ssl.socketFactory", context.getSocketFactory());
        sender.getJavaMailProperties().setProperty("mail.smtp.timeout", "5000");
        return sender;
    }
}
