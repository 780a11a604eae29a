package io.millrace.worker.mail.smtp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

import org.jspecify.annotations.Nullable;

/**
 * A mail server that takes everything until a test tells it otherwise, by verb or by a whole command; {@code CONNECT} stands for
 * the greeting and {@code .} for the end of the data.
 */
final class SmtpPeer implements AutoCloseable {

    static final String HANG_UP = "hang up";
    static final String SILENCE = "";
    static final String DRIP = "drip ";
    static final String BREAK = "break ";

    private final Map<String, String> replies = new ConcurrentHashMap<>(Map.of("CONNECT", "220 peer", "EHLO",
            "250-peer\r\n250 AUTH PLAIN", "AUTH", "235 2.7.0 ok", "DATA", "354 go on", "QUIT", "221 bye"));
    private final List<List<String>> dialogues = new CopyOnWriteArrayList<>();
    private final List<byte[]> messages = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final AtomicLong dataBytes = new AtomicLong();
    private final AtomicInteger connected = new AtomicInteger();
    private final AtomicInteger mostConnected = new AtomicInteger();
    private final ServerSocket socket;
    private volatile @Nullable SSLContext tls;
    private volatile boolean isTlsFromTheStart;
    private volatile boolean keepsMessages = true;
    private volatile long dataUntilHangUp = Long.MAX_VALUE;

    SmtpPeer() {
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::acceptAll);
    }

    SmtpPeer answering(String command, String reply) {
        replies.put(command, reply);
        return this;
    }

    SmtpPeer hangingUpOn(String command) {
        return answering(command, HANG_UP);
    }

    SmtpPeer silentOn(String command) {
        return answering(command, SILENCE);
    }

    /** The reply then has no end of its own: the bytes {@code reply} again and again, one each {@code millis}. */
    SmtpPeer dripping(String command, String reply) {
        return answering(command, DRIP + reply);
    }

    /** Says these bytes and hangs up. */
    SmtpPeer breakingOff(String command, String bytes) {
        return answering(command, BREAK + bytes);
    }

    SmtpPeer hangingUpAfterDataOf(long bytes) {
        dataUntilHangUp = bytes;
        return this;
    }

    SmtpPeer countingOnly() {
        keepsMessages = false;
        return this;
    }

    SmtpPeer withStartTls(SSLContext context) {
        tls = context;
        return answering("EHLO", "250-peer\r\n250-AUTH PLAIN\r\n250 STARTTLS").answering("STARTTLS", "220 go on");
    }

    SmtpPeer withTlsFromTheStart(SSLContext context) {
        tls = context;
        isTlsFromTheStart = true;
        return this;
    }

    int port() {
        return socket.getLocalPort();
    }

    /** What each connection was asked, in the order they came; what came over TLS begins with {@code TLS}. */
    List<List<String>> dialogues() {
        return dialogues;
    }

    List<String> commands() {
        return dialogues.stream().flatMap(List::stream).toList();
    }

    Stream<String> commands(String verb) {
        return commands().stream().filter(command -> command.startsWith(verb));
    }

    /** The data of each mail as it came over the wire, up to its last line. */
    List<String> messages() {
        return messages.stream().map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1)).toList();
    }

    long dataBytes() {
        return dataBytes.get();
    }

    int mostConnected() {
        return mostConnected.get();
    }

    void hangUp() {
        open.forEach(SmtpPeer::closeQuietly);
    }

    @Override
    public void close() {
        closeQuietly(socket);
        hangUp();
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            // closed twice
        }
    }

    String reply(String command) {
        return replies.getOrDefault(command, "250 2.0.0 ok");
    }

    boolean knows(String command) {
        return replies.containsKey(command);
    }

    @Nullable
    SSLContext tls() {
        return tls;
    }

    boolean isTlsFromTheStart() {
        return isTlsFromTheStart;
    }

    long dataUntilHangUp() {
        return dataUntilHangUp;
    }

    boolean keepsMessages() {
        return keepsMessages;
    }

    void dataByte() {
        dataBytes.incrementAndGet();
    }

    void received(byte[] message) {
        messages.add(message);
    }

    private void acceptAll() {
        try {
            while (true) {
                Socket connection = socket.accept();
                open.add(connection);
                var dialogue = new CopyOnWriteArrayList<String>();
                dialogues.add(dialogue);
                Thread.ofVirtual().start(() -> {
                    mostConnected.accumulateAndGet(connected.incrementAndGet(), Math::max);
                    try (connection) {
                        new Conversation(this, dialogue, connection).hold();
                    } catch (IOException e) {
                        // the client or the test hung up
                    } finally {
                        connected.decrementAndGet();
                    }
                });
            }
        } catch (IOException e) {
            // closed by the test
        }
    }

    /** The first word of each. */
    List<String> verbs() {
        var verbs = new ArrayList<String>();
        commands().forEach(command -> verbs.add(command.split(" ", 2)[0]));
        return verbs;
    }
}
