package io.millrace.worker.mail.smtp;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.millrace.worker.mail.smtp.SmtpSettings.Connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class KeptConnectionTest {

    private static final Duration LONG = Duration.ofMinutes(5);

    private final SmtpPeer peer = new SmtpPeer();
    private final PooledTransport transport = Transports.to(peer);

    @AfterEach
    void stop() {
        transport.close();
        peer.close();
    }

    @Test
    void carriesOneMailAfterTheOther() throws Exception {
        for (int i = 0; i < 3; i++) {
            Mails.send(transport);
        }

        assertThat(peer.dialogues()).hasSize(1);
        assertThat(peer.verbs()).as("however slow").filteredOn(verb -> !verb.equals("NOOP")).containsExactly("EHLO",
                "MAIL", "RCPT", "DATA", "MAIL", "RCPT", "DATA", "MAIL",
                "RCPT", "DATA");
    }

    @Test
    void isClosedAfterSoManyMails() throws Exception {
        try (var capped = Transports.to(peer, new Connections(1, 2, LONG, LONG))) {
            for (int i = 0; i < 3; i++) {
                Mails.send(capped);
            }

            assertThat(peer.dialogues()).hasSize(2);
            Awaitility.await().untilAsserted(
                    () -> assertThat(peer.dialogues().getFirst()).endsWith("QUIT").filteredOn("DATA"::equals)
                            .hasSize(2));
        }
    }

    @Test
    void isClosedWhenItIsOld() throws Exception {
        try (var capped = Transports.to(peer, new Connections(1, 100, Duration.ofMillis(1), LONG))) {
            Mails.send(capped);
            Mails.send(capped);

            assertThat(peer.dialogues()).hasSize(2);
            Awaitility.await().untilAsserted(() -> assertThat(peer.dialogues().getFirst()).endsWith("QUIT"));
        }
    }

    @Test
    void isClosedWhenNothingIsToBeSent() throws Exception {
        try (var capped = Transports.to(peer, new Connections(1, 100, LONG, Duration.ofMillis(50)))) {
            Mails.send(capped);

            Awaitility.await().untilAsserted(() -> assertThat(peer.commands()).endsWith("QUIT"));
            Awaitility.await().until(() -> capped.idle() == 0);
        }
    }

    @Test
    void isReplacedWhereTheServerHasClosedIt() throws Exception {
        Mails.send(transport);
        peer.hangUp();

        Mails.send(transport);

        assertThat(peer.dialogues()).hasSize(2);
        assertThat(peer.messages()).hasSize(2);
    }

    @Test
    void isReplacedWhereTheServerSaysFarewell() throws Exception {
        Mails.send(transport);
        peer.answering("MAIL FROM:<hello@millrace.example>", "421 4.4.2 idle for too long");
        Awaitility.await().until(() -> peer.commands("DATA").count() == 1);

        assertThatExceptionOfType(SmtpRefused.class).as("the new one says the same, and is the last")
                .isThrownBy(() -> Mails.send(transport)).withMessageEndingWith("deferred the sender: 421 4.4.2");
        assertThat(peer.dialogues()).hasSize(2);
        assertThat(transport.idle()).isZero();
    }

    @Test
    void isReplacedWhereTheServerTakesNoMoreOverIt() throws Exception {
        Mails.send(transport);
        peer.answering("MAIL FROM:<hello@millrace.example>", "451 4.7.0 too many messages on this connection");

        assertThatExceptionOfType(SmtpRefused.class).as("the new one says the same, and is the last")
                .isThrownBy(() -> Mails.send(transport)).withMessageEndingWith("deferred the sender: 451 4.7.0");

        assertThat(peer.dialogues()).hasSize(2);
        Awaitility.await().untilAsserted(() -> assertThat(peer.dialogues().getFirst()).endsWith("QUIT"));
    }

    @Test
    void isReplacedOnce() throws Exception {
        Mails.send(transport);
        peer.hangingUpOn("MAIL");

        assertThatExceptionOfType(SmtpUnreachable.class).isThrownBy(() -> Mails.send(transport));

        assertThat(peer.dialogues()).hasSize(2);
    }

    @Test
    void isNotReplacedAfterMailFrom() throws Exception {
        Mails.send(transport);
        peer.hangingUpOn("RCPT");

        assertThatExceptionOfType(SmtpUnreachable.class).isThrownBy(() -> Mails.send(transport));

        assertThat(peer.dialogues()).hasSize(1);
    }

    @Test
    void isCheckedAfterAPause() throws Exception {
        Mails.send(transport);

        Awaitility.await().pollDelay(Duration.ofMillis(1100)).until(() -> true);
        Mails.send(transport);

        assertThat(peer.dialogues()).hasSize(1);
        assertThat(peer.commands("NOOP")).hasSize(1);
    }

    @Test
    void saysFarewellWhenTheWorkerStops() throws Exception {
        Mails.send(transport);

        transport.close();

        Awaitility.await().untilAsserted(() -> assertThat(peer.commands()).endsWith("QUIT"));
        assertThat(transport.idle()).isZero();
    }

    @Test
    void isSharedByAllWhoWait() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var sent = IntStream.range(0, 60).mapToObj(_ -> threads.submit(() -> Mails.send(transport))).toList();
            for (var one : sent) {
                assertThat(one.get().accepted()).containsExactly(Mails.ANN);
            }
        }

        assertThat(peer.messages()).hasSize(60);
        assertThat(peer.mostConnected()).isLessThanOrEqualTo(2);
        assertThat(transport.inUse()).isZero();
    }

    @Test
    void isNotWaitedForByWhoIsInterrupted() throws Exception {
        try (var single = Transports.to(peer, new Connections(1, 100, LONG, LONG))) {
            var isSending = new CountDownLatch(1);
            var goOn = new CountDownLatch(1);
            var first = new FutureTask<>(() -> single.send(Mails.mail("first"), List.of(Mails.ANN), _ -> {
                isSending.countDown();
                awaitQuietly(goOn);
            }));
            Thread.ofVirtual().start(first);
            isSending.await();
            var second = new FutureTask<>(() -> Mails.send(single));
            var waiting = Thread.ofVirtual().start(second);
            Awaitility.await().until(() -> waiting.getState() == Thread.State.WAITING);

            waiting.interrupt();

            assertThatExceptionOfType(ExecutionException.class).isThrownBy(second::get)
                    .withCauseInstanceOf(InterruptedException.class);
            goOn.countDown();
            assertThat(first.get().accepted()).containsExactly(Mails.ANN);
            assertThat(Mails.send(single).accepted()).as("the place is free again").containsExactly(Mails.ANN);
        }
    }

    @Test
    void isCounted() throws Exception {
        var registry = new SimpleMeterRegistry();
        new ConnectionMeters(transport).bindTo(registry);

        transport.send(Mails.mail("text"), List.of(Mails.ANN), _ -> assertThat(
                registry.get("millrace.mail.connections").tag("state", "in-use").gauge().value()).isEqualTo(1));

        assertThat(registry.get("millrace.mail.connections").tag("state", "in-use").gauge().value()).isZero();
        assertThat(registry.get("millrace.mail.connections").tag("state", "idle").gauge().value()).isEqualTo(1);
        assertThat(registry.get("millrace.mail.connections.opened").functionCounter().count()).isEqualTo(1);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
