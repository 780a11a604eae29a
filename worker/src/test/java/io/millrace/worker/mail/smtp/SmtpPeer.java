package io.millrace.worker.mail.smtp;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

import org.jspecify.annotations.Nullable;

/**
 * A mail server that takes everything until a test tells it otherwise, by verb or by a whole command; {@code CONNECT} stands for
 * the greeting and {@code .} for the end of the data.
 */
final class SmtpPeer implements AutoCloseable {

    private static final String HANG_UP = "hang up";
    private static final String SILENCE = "";

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
        return answering(command, "drip " + reply);
    }

    /** Says these bytes and hangs up. */
    SmtpPeer breakingOff(String command, String bytes) {
        return answering(command, "break " + bytes);
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
                        new Conversation(dialogue, connection).hold();
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

    private final class Conversation {

        private final List<String> dialogue;
        private Socket socket;
        private InputStream in;
        private String prefix = "";

        Conversation(List<String> dialogue, Socket socket) throws IOException {
            this.dialogue = dialogue;
            this.socket = socket;
            this.in = new BufferedInputStream(socket.getInputStream());
        }

        void hold() throws IOException {
            if (isTlsFromTheStart) {
                secure();
            }
            boolean goesOn = reply("CONNECT");
            while (goesOn) {
                String line = readLine();
                dialogue.add(prefix + line);
                String verb = line.split(" ", 2)[0].toUpperCase(Locale.ROOT);
                goesOn = reply(replies.containsKey(line) ? line : verb) && !verb.equals("QUIT");
                if (goesOn && verb.equals("STARTTLS") && replies.getOrDefault(verb, "").startsWith("220")) {
                    secure();
                } else if (goesOn && verb.equals("DATA") && replies.getOrDefault(verb, "").startsWith("354")) {
                    readData();
                    goesOn = reply(".");
                }
            }
        }

        private void secure() throws IOException {
            var context = tls;
            if (context == null) {
                throw new IOException("hangs up instead");
            }
            var secured = (SSLSocket) context.getSocketFactory().createSocket(socket, null, socket.getPort(), true);
            secured.setUseClientMode(false);
            secured.startHandshake();
            socket = secured;
            in = new BufferedInputStream(socket.getInputStream());
            prefix = "TLS ";
        }

        private String readLine() throws IOException {
            var line = new ByteArrayOutputStream();
            for (int b = in.read(); b != '\n'; b = in.read()) {
                if (b < 0) {
                    throw new IOException("gone");
                }
                line.write(b);
            }
            return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
        }

        /** To CR LF . CR LF exactly, so that anything else that looks like it shows. */
        private void readData() throws IOException {
            var data = new ByteArrayOutputStream();
            int matched = 2;
            byte[] end = {'\r', '\n', '.', '\r', '\n'};
            long left = dataUntilHangUp;
            while (matched < end.length) {
                int b = in.read();
                if (b < 0 || --left < 0) {
                    throw new IOException("gone");
                }
                matched = b == end[matched] ? matched + 1 : b == '\r' ? 1 : 0;
                dataBytes.incrementAndGet();
                if (keepsMessages) {
                    data.write(b);
                }
            }
            messages.add(data.toByteArray());
        }

        private boolean reply(String command) throws IOException {
            String reply = replies.getOrDefault(command, "250 2.0.0 ok");
            if (reply.startsWith("drip ")) {
                drip(reply.substring("drip ".length()));
            }
            if (reply.equals(HANG_UP)) {
                return false;
            }
            if (reply.startsWith("break ")) {
                say(reply.substring("break ".length()));
                return false;
            }
            if (!reply.equals(SILENCE)) {
                say(reply + "\r\n");
            }
            return true;
        }

        private void drip(String bytes) throws IOException {
            try {
                while (true) {
                    for (int i = 0; i < bytes.length(); i++) {
                        say(bytes.substring(i, i + 1));
                        // slow is what it is about
                        Thread.sleep(20);
                    }
                }
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }

        private void say(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
        }
    }

    List<String> verbs() {
        var verbs = new ArrayList<String>();
        commands().forEach(command -> verbs.add(command.split(" ", 2)[0]));
        return verbs;
    }
}
