package io.millrace.worker.mail.smtp;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What is certain when the dialogue ends early, and that it ends at all. */
class BrokenDialogueTest {

    private static final Duration BOUND = Duration.ofSeconds(20);

    private final SmtpPeer peer = new SmtpPeer();
    private final PooledTransport transport = Transports.impatientlyTo(peer);

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
        Awaitility.await()
                .until(() -> peer.verbs().contains(verb) && (!verb.equals("DATA") || !peer.messages().isEmpty()));
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
