package io.millrace.worker.mail.smtp;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import jakarta.activation.DataSource;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.millrace.worker.mail.smtp.SmtpRefused.Stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What is certain when the dialogue ends early, and that it ends at all. */
class BrokenDialogueTest {

    private static final Duration BOUND = Duration.ofSeconds(20);

    private final SmtpPeer peer = new SmtpPeer();
    private final PooledTransport transport = Transports.to(peer);

    @AfterEach
    void stop() {
        transport.close();
        peer.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONNECT", "EHLO", "MAIL", "RCPT", "DATA"})
    void hasSentNothingWhereItEndsBeforeTheData(String verb) {
        peer.hangingUpOn(verb).hangingUpOn("HELO");

        assertThat(attempt()).isInstanceOf(SmtpUnreachable.class)
                .hasMessageStartingWith("mail server at localhost:" + peer.port() + ": ");
        assertThat(peer.messages()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "22", "220", "220-hello", "220-hello\r\n", "hello\r\n", "\r\n", "SSH-2.0-x\r\n"})
    void hasSentNothingWhereTheBannerBreaksOff(String banner) {
        peer.breakingOff("CONNECT", banner);

        assertThat(attempt()).isInstanceOf(SmtpUnreachable.class);
    }

    @Test
    void hasSentNothingWhereItEndsAmidTheData() {
        peer.hangingUpAfterDataOf(1_000);

        assertThat(catchException(() -> Mails.send(transport, "a line of text\r\n".repeat(1_000_000))))
                .isInstanceOf(SmtpUnreachable.class);
        assertThat(transport.idle()).isZero();
    }

    @Test
    void isUnknownWhereItEndsInsteadOfTheAnswerToTheMessage() {
        peer.hangingUpOn(".");

        assertThat(attempt()).isInstanceOf(SmtpOutcomeUnknown.class).hasMessageEndingWith(": connection lost");
        assertThat(peer.messages()).hasSize(1);
        assertThat(transport.idle()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "25", "nonsense\r\n", "354 more\r\n"})
    void isUnknownWhereTheAnswerToTheMessageIsNone(String answer) {
        peer.breakingOff(".", answer);

        assertThat(attempt()).isInstanceOf(SmtpOutcomeUnknown.class);
    }

    @Test
    void waitsForTheAnswerToTheMessageLongerThanForOthers() {
        peer.silentOn(".");
        long begun = System.nanoTime();

        assertThat(attempt()).isInstanceOf(SmtpOutcomeUnknown.class).hasMessageEndingWith(": Read timed out");

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).as("sendTime, not mail.smtp.timeout")
                .isBetween(Duration.ofSeconds(2), BOUND);
    }

    @ParameterizedTest
    @CsvSource({"CONNECT, 220-", "EHLO, 250-", "MAIL, 250-", "RCPT, 2"})
    void endsInTimeWhereAnAnswerDripsIn(String verb, String reply) {
        peer.dripping(verb, reply);
        long begun = System.nanoTime();

        assertThat(attempt()).isInstanceOf(SmtpUnreachable.class).hasMessageEndingWith(": Read timed out");

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(BOUND);
    }

    @Test
    void endsInTimeWhereTheServerReadsNothing() {
        peer.silentOn("DATA").answering("RCPT", "250 ok\r\n354 go on");

        var failure = catchException(() -> Mails.send(transport, "a line of text\r\n".repeat(4_000_000)));

        assertThat(failure).isInstanceOfAny(SmtpUnreachable.class, SmtpOutcomeUnknown.class);
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

        assertThat(attempt()).isInstanceOf(SmtpRefused.class).hasMessageEndingWith("refused the message: 554 5.5.1");
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

    @Test
    void sendsNothingOfAMessageThatCannotBeRead() throws Exception {
        var broken = new Unreadable();

        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(
                () -> transport.send(Mails.withAttachment(broken), List.of(Mails.ANN), Mails.NO_STEPS));

        assertThat(transport.idle()).isZero();
        Mails.send(transport);
        assertThat(peer.messages()).as("no end of the first one came").hasSize(1);
        assertThat(peer.dialogues()).hasSize(2);
    }

    @Test
    void endsWithTheInterruptBeforeTheData() throws Exception {
        peer.silentOn("RCPT");

        assertThat(interruptedAfter("RCPT", () -> Mails.send(transport))).isInstanceOf(InterruptedException.class);
    }

    @Test
    void isUnknownWhereTheInterruptComesAfterTheData() throws Exception {
        peer.silentOn(".");
        var isStillInterrupted = new AtomicReference<>(false);

        var failure = interruptedAfter("DATA", () -> {
            try {
                return Mails.send(transport);
            } finally {
                isStillInterrupted.set(Thread.currentThread().isInterrupted());
            }
        });

        assertThat(failure).isInstanceOf(SmtpOutcomeUnknown.class);
        assertThat(isStillInterrupted.get()).isTrue();
    }

    private Throwable interruptedAfter(String verb, Callable<Delivery> send) throws Exception {
        var task = new FutureTask<>(send);
        var thread = Thread.ofVirtual().start(task);
        Awaitility.await().until(() -> peer.verbs().contains(verb) && (!verb.equals("DATA") || !peer.messages().isEmpty()));
        thread.interrupt();
        return Objects.requireNonNull(catchThrowableOfType(ExecutionException.class, task::get).getCause());
    }

    private Exception attempt() {
        return catchException(() -> Mails.send(transport));
    }

    /** Fails in its middle. */
    private static final class Unreadable implements DataSource {

        @Override
        public InputStream getInputStream() {
            return new FilterInputStream(InputStream.nullInputStream()) {

                private int left = 100_000;

                @Override
                public int read(byte[] bytes, int from, int length) throws IOException {
                    if (left <= 0) {
                        throw new IOException("the disk is gone");
                    }
                    left -= length;
                    return length;
                }
            };
        }

        @Override
        public OutputStream getOutputStream() {
            throw new UnsupportedOperationException();
        }

        @Override
        public String getContentType() {
            return "application/octet-stream";
        }

        @Override
        public String getName() {
            return "broken";
        }
    }
}
