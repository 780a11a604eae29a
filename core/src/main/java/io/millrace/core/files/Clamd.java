package io.millrace.core.files;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * ClamAV's daemon, asked by {@code INSTREAM} (clamd(8)): chunks with their length before them, an empty one at the end, one
 * line as the answer. A connection is for one content, and closed when its time is up, whoever is waiting for whom.
 */
final class Clamd {

    private static final byte[] COMMAND = "zINSTREAM\0".getBytes(StandardCharsets.US_ASCII);
    private static final int CHUNK_BYTES = 64 * 1024;
    private static final int CONNECT_MILLIS = 5_000;
    private static final int MAX_ANSWER_BYTES = 1024;

    private final FilesProperties.Antivirus settings;

    Clamd(FilesProperties.Antivirus settings) {
        this.settings = settings;
    }

    /**
     * What it says of this content, e.g. {@code stream: OK}.
     *
     * @throws ContentUnavailable
     *             if it does not answer in time
     * @throws IOException
     *             what {@code content} throws
     */
    String scan(InputStream content) throws IOException {
        try (var socket = new Socket()) {
            var overdue = CompletableFuture.runAsync(() -> close(socket),
                    CompletableFuture.delayedExecutor(settings.timeout().toMillis(), TimeUnit.MILLISECONDS));
            try {
                connect(socket);
                send(content, socket);
                return answer(socket);
            } finally {
                overdue.cancel(false);
            }
        }
    }

    private void connect(Socket socket) {
        try {
            socket.connect(new InetSocketAddress(settings.host(), settings.port()), CONNECT_MILLIS);
        } catch (IOException e) {
            throw away(e);
        }
    }

    private void send(InputStream content, Socket socket) throws IOException {
        byte[] chunk = new byte[CHUNK_BYTES];
        try {
            var out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), CHUNK_BYTES));
            out.write(COMMAND);
            for (int read = read(content, chunk); read > 0; read = read(content, chunk)) {
                out.writeInt(read);
                out.write(chunk, 0, read);
            }
            out.writeInt(0);
            out.flush();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (IOException e) {
            // It closes the connection on what is too long, and has said so before.
            if (socket.isClosed()) {
                throw away(e);
            }
        }
    }

    /** Told apart from what the connection throws. */
    private static int read(InputStream content, byte[] chunk) {
        try {
            return content.readNBytes(chunk, 0, chunk.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String answer(Socket socket) {
        try {
            byte[] answer = socket.getInputStream().readNBytes(MAX_ANSWER_BYTES);
            return new String(answer, StandardCharsets.UTF_8).replace("\0", "").strip();
        } catch (IOException e) {
            throw away(e);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ContentUnavailable away(IOException failure) {
        return new ContentUnavailable("the virus scanner does not answer: " + failure, failure);
    }
}
