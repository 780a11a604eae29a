package io.millrace.worker.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A mail server that says what a test tells it to, where GreenMail would only ever be kind. It takes everything until it
 * is told otherwise. Verbs are those of RFC 5321; {@code CONNECT} stands for the greeting and {@code .} for the end of the
 * data.
 */
final class ScriptedSmtp implements AutoCloseable {

    private static final String SILENCE = "";
    private static final String HANG_UP = "hang up";

    private final Map<String, String> replies = new ConcurrentHashMap<>(
            Map.of("CONNECT", "220 scripted", "EHLO", "250-scripted\r\n250 AUTH PLAIN", "AUTH", "235 2.7.0 welcome",
                    "DATA", "354 go on", "QUIT", "221 bye"));
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final ServerSocket socket;

    ScriptedSmtp() {
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::acceptAll);
    }

    ScriptedSmtp answering(String verb, String reply) {
        replies.put(verb, reply);
        return this;
    }

    ScriptedSmtp hangingUpOn(String verb) {
        return answering(verb, HANG_UP);
    }

    ScriptedSmtp silentOn(String verb) {
        return answering(verb, SILENCE);
    }

    int port() {
        return socket.getLocalPort();
    }

    /** Every line it was sent outside the data. */
    List<String> commands() {
        return commands;
    }

    @Override
    public void close() {
        try {
            socket.close();
            for (Socket connection : open) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void acceptAll() {
        try {
            while (true) {
                Socket connection = socket.accept();
                open.add(connection);
                Thread.ofVirtual().start(() -> talk(connection));
            }
        } catch (IOException e) {
            // closed by the test
        }
    }

    private void talk(Socket connection) {
        try (connection;
                var in = new BufferedReader(
                        new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
                var out = connection.getOutputStream()) {
            boolean goesOn = reply("CONNECT", out);
            while (goesOn) {
                String line = in.readLine();
                if (line == null) {
                    return;
                }
                commands.add(line);
                String verb = line.split(" ", 2)[0].toUpperCase(Locale.ROOT);
                goesOn = reply(verb, out);
                if (goesOn && verb.equals("DATA") && String.valueOf(replies.get(verb)).startsWith("354")) {
                    readData(in);
                    goesOn = reply(".", out);
                }
            }
        } catch (IOException e) {
            // the client or the test hung up
        }
    }

    private static void readData(BufferedReader in) throws IOException {
        String line = in.readLine();
        while (line != null && !line.equals(".")) {
            line = in.readLine();
        }
    }

    private boolean reply(String verb, OutputStream out) throws IOException {
        String reply = replies.getOrDefault(verb, "250 2.0.0 ok");
        if (reply.equals(HANG_UP)) {
            return false;
        }
        if (!reply.equals(SILENCE)) {
            out.write((reply + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }
        return true;
    }
}
