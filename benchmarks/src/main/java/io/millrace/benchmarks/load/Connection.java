package io.millrace.benchmarks.load;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One HTTP/1.1 connection (RFC 9112) to a server on this machine, one request at a time; kept open, and opened again where
 * the server says that it closes it (Tomcat does after a hundred requests). It throws bodies away, and knows of headers only
 * what it needs: the JDK's client would cost more than the servers that are measured.
 */
public final class Connection implements Closeable {

    private static final int BUFFER = 64 * 1024;
    private static final int TIMEOUT_MILLIS = 60_000;

    private final int port;
    private final byte[] buffer = new byte[BUFFER];
    private final byte[] line = new byte[8 * 1024];
    private int position;
    private int limit;
    private boolean open;
    private Socket socket;

    public Connection(int port) throws IOException {
        this.port = port;
        this.socket = connect();
        this.open = true;
    }

    private Socket connect() throws IOException {
        var connected = new Socket(InetAddress.getLoopbackAddress(), port);
        connected.setTcpNoDelay(true);
        connected.setSoTimeout(TIMEOUT_MILLIS);
        return connected;
    }

    /**
     * Sends the request and reads the answer.
     *
     * @throws IOException
     *             if the answer ends before its end, or takes longer than a minute to go on
     */
    public Answer exchange(byte[] request) throws IOException {
        if (!open) {
            socket.close();
            socket = connect();
            open = true;
        }
        socket.getOutputStream().write(request);
        int status = Integer.parseInt(line().substring(9, 12));
        String source = "";
        long length = -1;
        for (String header = line(); !header.isEmpty(); header = line()) {
            int colon = header.indexOf(':');
            String value = header.substring(colon + 1).strip();
            switch (header.substring(0, colon).toLowerCase(Locale.ROOT)) {
                case "content-length" -> length = Long.parseLong(value);
                case "connection" -> open = !value.equalsIgnoreCase("close");
                case "x-cache" -> source = value;
                default -> {
                    // The load does not need it.
                }
            }
        }
        if (length != 0) {
            fillIfEmpty();
        }
        long firstByteAt = System.nanoTime();
        long bodyBytes = length >= 0 ? skip(length) : chunks();
        return new Answer(status, source, bodyBytes, firstByteAt);
    }

    private long chunks() throws IOException {
        long total = 0;
        for (long chunk = chunk(); chunk > 0; chunk = chunk()) {
            total += skip(chunk);
            line();
        }
        line();
        return total;
    }

    private long chunk() throws IOException {
        return Long.parseLong(line(), 16);
    }

    private long skip(long count) throws IOException {
        for (long left = count; left > 0;) {
            fillIfEmpty();
            int now = (int) Math.min(left, limit - position);
            position += now;
            left -= now;
        }
        return count;
    }

    private String line() throws IOException {
        int length = 0;
        for (byte next = next(); next != '\n'; next = next()) {
            line[length++] = next;
        }
        return new String(line, 0, length - 1, StandardCharsets.ISO_8859_1);
    }

    private byte next() throws IOException {
        fillIfEmpty();
        return buffer[position++];
    }

    private void fillIfEmpty() throws IOException {
        if (position == limit) {
            position = 0;
            limit = socket.getInputStream().read(buffer);
            if (limit < 0) {
                limit = 0;
                throw new EOFException("the answer broke off");
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
