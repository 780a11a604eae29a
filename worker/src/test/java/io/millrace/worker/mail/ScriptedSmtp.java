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
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A mail server that says what a test tells it to, where GreenMail would only ever be kind. It takes everything until it
 * is told otherwise. Verbs are those of RFC 5321; {@code CONNECT} stands for the greeting, {@code .} for the end of the
 * data, and {@code data} for its first line, where it only can do something before. A whole line, such as
 * {@code RCPT TO:<ann@example.org>}, goes before its verb, and {@code . RCPT TO:<ann@example.org>} is the end of what went to Ann last.
 */
final class ScriptedSmtp implements AutoCloseable {

    private static final String SILENCE = "";
    private static final String HANG_UP = "hang up";

    private final Map<String, String> replies = new ConcurrentHashMap<>(
            Map.of("CONNECT", "220 scripted", "EHLO", "250-scripted\r\n250 AUTH PLAIN", "AUTH", "235 2.7.0 welcome",
                    "DATA", "354 go on", "QUIT", "221 bye"));
    private final Map<String, Queue<String>> once = new ConcurrentHashMap<>();
    private final Map<String, Runnable> before = new ConcurrentHashMap<>();
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final List<String> messages = new CopyOnWriteArrayList<>();
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

    /** Each of the replies one time, in this order, and then as before. */
    ScriptedSmtp answeringOnce(String verb, String... first) {
        once.put(verb, new ConcurrentLinkedQueue<>(List.of(first)));
        return this;
    }

    /** Hangs up the next time. */
    ScriptedSmtp hangingUpOnceOn(String verb) {
        return answeringOnce(verb, HANG_UP);
    }

    /** Does something before it answers. */
    ScriptedSmtp before(String verb, Runnable action) {
        before.put(verb, action);
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

    /** What it was sent as data, whole or not. */
    List<String> messages() {
        return messages;
    }

    /** How often somebody connected. */
    int connections() {
        return open.size();
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
            boolean goesOn = reply("CONNECT", "CONNECT", out);
            String recipient = "";
            while (goesOn) {
                String line = in.readLine();
                if (line == null) {
                    return;
                }
                commands.add(line);
                String verb = line.split(" ", 2)[0].toUpperCase(Locale.ROOT);
                recipient = verb.equals("RCPT") ? line : recipient;
                goesOn = reply(line, verb, out);
                if (goesOn && verb.equals("DATA") && String.valueOf(replies.get(verb)).startsWith("354")) {
                    goesOn = readData(in) && reply(". " + recipient, ".", out);
                }
            }
        } catch (IOException e) {
            // the client or the test hung up
        }
    }

    /** Whether its end has come. */
    private boolean readData(BufferedReader in) throws IOException {
        var message = new StringBuilder();
        String line = in.readLine();
        before.getOrDefault("data", () -> {
        }).run();
        while (line != null && !line.equals(".")) {
            message.append(line).append('\n');
            line = in.readLine();
        }
        messages.add(message.toString());
        return line != null;
    }

    private boolean reply(String line, String verb, OutputStream out) throws IOException {
        before.getOrDefault(verb, () -> {
        }).run();
        String reply = replyTo(line, verb);
        if (reply.equals(HANG_UP)) {
            return false;
        }
        if (!reply.equals(SILENCE)) {
            out.write((reply + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }
        return true;
    }

    private String replyTo(String line, String verb) {
        for (String what : List.of(line, verb)) {
            String first = once.getOrDefault(what, new ConcurrentLinkedQueue<>()).poll();
            if (first != null) {
                return first;
            }
            if (replies.containsKey(what)) {
                return String.valueOf(replies.get(what));
            }
        }
        return "250 2.0.0 ok";
    }
}
