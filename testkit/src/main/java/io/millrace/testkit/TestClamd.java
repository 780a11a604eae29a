package io.millrace.testkit;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Speaks clamd's INSTREAM as clamd(8) and clamav 1.x do: it knows one word, takes a limited length, and when that is over
 * says so and closes the connection at once.
 */
public final class TestClamd implements AutoCloseable {

    /** What it finds. */
    public static final String BAD_WORD = "an-infected-word";
    /** What it calls that. */
    public static final String SIGNATURE = "Test.Bad-Word";

    private final ServerSocket server;
    private final int streamMaxLength;

    private TestClamd(ServerSocket server, int streamMaxLength) {
        this.server = server;
        this.streamMaxLength = streamMaxLength;
    }

    /**
     * One on a free port of the loopback interface.
     *
     * @param streamMaxLength
     *            in bytes
     */
    public static TestClamd start(int streamMaxLength) throws IOException {
        var clamd = new TestClamd(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), streamMaxLength);
        Thread.ofVirtual().start(clamd::serve);
        return clamd;
    }

    public int port() {
        return server.getLocalPort();
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

    private String answer(Socket client) throws IOException {
        var in = new DataInputStream(client.getInputStream());
        if (!new String(in.readNBytes(10), StandardCharsets.US_ASCII).equals("zINSTREAM\0")) {
            return "UNKNOWN COMMAND";
        }
        var content = new ByteArrayOutputStream();
        for (int length = in.readInt(); length > 0; length = in.readInt()) {
            if (content.size() + length > streamMaxLength) {
                return "INSTREAM size limit exceeded. ERROR";
            }
            content.write(in.readNBytes(length));
        }
        return content.toString(StandardCharsets.ISO_8859_1).contains(BAD_WORD)
                ? "stream: " + SIGNATURE + " FOUND"
                : "stream: OK";
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
