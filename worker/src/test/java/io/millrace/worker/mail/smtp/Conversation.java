package io.millrace.worker.mail.smtp;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLSocket;

/** One connection of a peer. */
final class Conversation {

    private final SmtpPeer peer;
    private final List<String> dialogue;
    private Socket socket;
    private InputStream in;
    private String prefix = "";

    Conversation(SmtpPeer peer, List<String> dialogue, Socket socket) throws IOException {
        this.peer = peer;
        this.dialogue = dialogue;
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    void hold() throws IOException {
        if (peer.isTlsFromTheStart()) {
            secure();
        }
        boolean goesOn = reply("CONNECT");
        while (goesOn) {
            String line = readLine();
            dialogue.add(prefix + line);
            String verb = line.split(" ", 2)[0].toUpperCase(Locale.ROOT);
            goesOn = reply(peer.knows(line) ? line : verb) && !verb.equals("QUIT");
            if (goesOn && verb.equals("STARTTLS") && peer.reply(verb).startsWith("220")) {
                secure();
            } else if (goesOn && verb.equals("DATA") && peer.reply(verb).startsWith("354")) {
                readData();
                goesOn = reply(".");
            }
        }
    }

    private void secure() throws IOException {
        var context = peer.tls();
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
        long left = peer.dataUntilHangUp();
        while (matched < end.length) {
            int b = in.read();
            if (b < 0 || --left < 0) {
                throw new IOException("gone");
            }
            matched = b == end[matched] ? matched + 1 : b == '\r' ? 1 : 0;
            peer.dataByte();
            if (peer.keepsMessages()) {
                data.write(b);
            }
        }
        peer.received(data.toByteArray());
    }

    private boolean reply(String command) throws IOException {
        String reply = peer.reply(command);
        if (reply.startsWith(SmtpPeer.DRIP)) {
            drip(reply.substring(SmtpPeer.DRIP.length()));
        }
        if (reply.equals(SmtpPeer.HANG_UP)) {
            return false;
        }
        if (reply.startsWith(SmtpPeer.BREAK)) {
            say(reply.substring(SmtpPeer.BREAK.length()));
            return false;
        }
        if (!reply.equals(SmtpPeer.SILENCE)) {
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
