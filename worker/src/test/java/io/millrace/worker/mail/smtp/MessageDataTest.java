package io.millrace.worker.mail.smtp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import jakarta.activation.DataSource;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** How a message looks on the wire (RFC 5321, 4.5.2 and 4.5.3.1.6). */
class MessageDataTest {

    private static final int ATTACHMENT = 25 * 1024 * 1024;

    private final SmtpPeer peer = new SmtpPeer();
    private final PooledTransport transport = Transports.to(peer);

    @AfterEach
    void stop() {
        transport.close();
        peer.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "..", ".\r\n.\r\n", "first\r\n.\r\nMAIL FROM:<x@y.example>\r\nlast",
            "first\n.\nMAIL FROM:<x@y.example>\nlast", "first\r.\rlast", "first\n.\r\nlast", "first\r\n.\nlast",
            "no line end.", "a line end\r\n"})
    void doublesDotsAndEndsEachLineInTheSameWay(String text) throws Exception {
        Mails.send(transport, text);
        Mails.send(transport, "the next one");

        assertThat(peer.messages()).as("neither ends early nor late").hasSize(2);
        String wire = peer.messages().getFirst();
        assertThat(wire.replace("\r\n", "")).doesNotContain("\r", "\n");
        assertThat(wire.lines().filter(line -> line.startsWith(".")).toList())
                .allMatch(line -> line.startsWith("..") || line.equals("."))
                .filteredOn("."::equals).hasSize(1);
        assertThat(received(0).getContent().toString().lines().map(String::strip).toList())
                .isEqualTo(text.lines().map(String::strip).toList());
    }

    @ParameterizedTest
    @ValueSource(ints = {998, 999, 100_000})
    void breaksNoLineThatIsShortAndEachThatIsLong(int length) throws Exception {
        String line = "x".repeat(length);

        Mails.send(transport, line);

        assertThat(peer.messages().getFirst().lines()).allMatch(one -> one.length() <= 998);
        assertThat(received(0).getContent().toString().strip()).isEqualTo(line);
    }

    @Test
    void hidesBccAndKeepsTheMessageId() throws Exception {
        var message = Mails.mail("text");
        message.setRecipient(MimeMessage.RecipientType.BCC, Mails.BOB);

        transport.send(message, List.of(Mails.ANN, Mails.BOB), Mails.NO_STEPS);

        assertThat(peer.messages().getFirst()).doesNotContain("bob@").contains("Message-ID: <1@millrace.example>");
    }

    @Test
    void streamsALargeAttachment() throws Exception {
        peer.countingOnly();
        var attachment = new Streamed();

        try (var patient = Transports.patientlyTo(peer)) {
            patient.send(Mails.withAttachment(attachment), List.of(Mails.ANN), Mails.NO_STEPS);
        }

        assertThat(attachment.arrivedMeanwhile).as("not gathered before it is sent").isPositive();
        assertThat(peer.dataBytes()).isGreaterThan(ATTACHMENT / 3 * 4L);
    }

    private MimeMessage received(int index) throws Exception {
        String wire = peer.messages().get(index);
        String undone = wire.substring(0, wire.length() - ".\r\n".length()).replace("\r\n..", "\r\n.");
        return new MimeMessage((Session) null,
                new ByteArrayInputStream(undone.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** In its middle it waits until the server has a part of it. */
    private final class Streamed implements DataSource {

        private long arrivedMeanwhile;

        @Override
        public InputStream getInputStream() {
            return new InputStream() {

                private int left = ATTACHMENT;

                @Override
                public int read() {
                    return left-- > 0 ? left & 0xff : -1;
                }

                @Override
                public int read(byte[] bytes, int from, int length) {
                    if (left == 0) {
                        return -1;
                    }
                    if (left < ATTACHMENT / 2 && arrivedMeanwhile == 0) {
                        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> peer.dataBytes() > 1_000_000);
                        arrivedMeanwhile = peer.dataBytes();
                    }
                    int count = Math.min(left, length);
                    left -= count;
                    return count;
                }
            };
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            throw new IOException("only to be read");
        }

        @Override
        public String getContentType() {
            return "application/octet-stream";
        }

        @Override
        public String getName() {
            return "numbers";
        }
    }
}
