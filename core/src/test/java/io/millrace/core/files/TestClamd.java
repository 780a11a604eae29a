package io.millrace.core.files;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Speaks clamd's INSTREAM as clamd(8) and clamav 1.x do: it knows one word, takes a limited length, and when that is over
 * says so and closes the connection at once.
 */
final class TestClamd implements AutoCloseable {

    static final int STREAM_MAX_LENGTH = 1_000_000;
    static final String BAD_WORD = "an-infected-word";

    private final ServerSocket server;

    private TestClamd(ServerSocket server) {
        this.server = server;
    }

    static TestClamd start() throws IOException {
        var clamd = new TestClamd(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        Thread.ofVirtual().start(clamd::serve);
        return clamd;
    }

    FilesProperties.Antivirus settings(Duration timeout) {
        return new FilesProperties.Antivirus("127.0.0.1", server.getLocalPort(), timeout);
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                client.getOutputStream().write((answer(client) + "\0").getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                // The client is gone, or the test is over.
            }
        }
    }

    private static String answer(Socket client) throws IOException {
        var in = new DataInputStream(client.getInputStream());
        if (!new String(in.readNBytes(10), StandardCharsets.US_ASCII).equals("zINSTREAM\0")) {
            return "UNKNOWN COMMAND";
        }
        var content = new ByteArrayOutputStream();
        for (int length = in.readInt(); length > 0; length = in.readInt()) {
            if (content.size() + length > STREAM_MAX_LENGTH) {
                return "INSTREAM size limit exceeded. ERROR";
            }
            content.write(in.readNBytes(length));
        }
        return content.toString(StandardCharsets.ISO_8859_1).contains(BAD_WORD)
                ? "stream: Test.Bad-Word FOUND"
                : "stream: OK";
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
