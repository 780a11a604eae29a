package io.millrace.worker.mail.smtp;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.millrace.worker.mail.smtp.SmtpRefused.Stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What is said of a refusal, and that the connection is of use afterwards. */
class RefusedMailTest {

    private final SmtpPeer peer = new SmtpPeer();
    private final PooledTransport transport = Transports.to(peer);

    @AfterEach
    void stop() {
        transport.close();
        peer.close();
    }

    @ParameterizedTest
    @CsvSource({"CONNECT, 554 5.3.2 no, CONNECTION, 554 5.3.2", "AUTH, 535 5.7.8 ann@example.org no, LOGIN, 535 5.7.8",
            "MAIL, 550 5.7.1 no, SENDER, 550 5.7.1", "MAIL, 552 5.3.4 too large, MESSAGE, 552 5.3.4",
            "RCPT, 550-5.1.1 ann@example.org, RECIPIENTS, 550 5.1.1", "DATA, 554 no, MESSAGE, 554",
            "., 451 4.3.0 later, MESSAGE, 451 4.3.0"})
    void saysWhatWasRefused(String verb, String reply, Stage stage, String codes) {
        peer.answering(verb, reply.contains("-") ? reply + "\r\n550 no" : reply);
        var sender = Transports.sender(peer);
        sender.setUsername("postman@millrace.example");
        sender.setPassword("secret");

        var refused = catchThrowableOfType(SmtpRefused.class, () -> Mails.send(Transports.to(sender)));

        assertThat(refused.stage()).isEqualTo(stage);
        assertThat(refused.reply().codes()).isEqualTo(codes);
        assertThat(refused).hasMessageNotContaining("@").hasNoCause();
        assertThat(refused.refused().keySet()).isEqualTo(
                stage == Stage.RECIPIENTS ? Set.of(Mails.ANN) : Set.of());
    }

    @Test
    void keepsItsRefusalWhereTheServerThenHangsUp() {
        peer.answering("DATA", "554 5.5.1 no").hangingUpOn("RSET");

        assertThat(catchException(() -> Mails.send(transport))).isInstanceOf(SmtpRefused.class)
                .hasMessageEndingWith("refused the message: 554 5.5.1");
        assertThat(transport.idle()).isZero();
    }

    @Test
    void sendsToWhomTheServerTakes() throws Exception {
        peer.answering("RCPT TO:<bob@example.org>", "550 5.1.1 unknown");
        var announced = new AtomicReference<Object>();

        var delivery = transport.send(Mails.mail("text"), List.of(Mails.BOB, Mails.ANN), announced::set);

        assertThat(delivery).isEqualTo(
                new Delivery(List.of(Mails.ANN), Map.of(Mails.BOB, new SmtpReply(550, "5.1.1"))));
        assertThat(announced.get()).isEqualTo(List.of(Mails.ANN));
    }

    @Test
    void namesTheReplyThatIsWorthAnotherTryWhereAllAreRefused() throws Exception {
        peer.answering("RCPT TO:<bob@example.org>", "550 5.1.1 unknown").answering("RCPT", "450 4.2.0 greylisted");

        var refused = catchThrowableOfType(SmtpRefused.class, () -> transport.send(Mails.mail("text"),
                List.of(Mails.BOB, Mails.ANN), Mails.NO_STEPS));

        assertThat(refused.reply()).isEqualTo(new SmtpReply(450, "4.2.0"));
        assertThat(refused.refused()).isEqualTo(
                Map.of(Mails.BOB, new SmtpReply(550, "5.1.1"), Mails.ANN, new SmtpReply(450, "4.2.0")));
        assertThat(peer.commands()).endsWith("RSET");
        assertThat(transport.idle()).as("the connection is of use").isOne();
    }

    @Test
    void sendsNothingWhereTheStepBeforeDataFails() throws Exception {
        var failure = new IllegalStateException("no");

        assertThat(catchException(() -> transport.send(Mails.mail("text"), List.of(Mails.ANN), _ -> {
            throw failure;
        }))).isSameAs(failure);

        assertThat(peer.verbs()).containsExactly("EHLO", "MAIL", "RCPT", "RSET");
        Mails.send(transport);
        assertThat(peer.dialogues()).hasSize(1);
    }
}
