package io.millrace.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The line between the API and its database, which a test can cut and mend. */
public final class Wire implements AutoCloseable {

    private static final Pattern HOST_AND_PORT = Pattern.compile("//[^/]*:(\\d+)/");

    private final String jdbcUrl;
    private final int farPort;
    private final int nearPort;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private ServerSocket listener;

    /** A line to the Postgres on this machine that {@code jdbcUrl} names. */
    public Wire(String jdbcUrl) throws IOException {
        Matcher address = HOST_AND_PORT.matcher(jdbcUrl);
        if (!address.find()) {
            throw new IllegalArgumentException("no port in " + jdbcUrl);
        }
        this.farPort = Integer.parseInt(address.group(1));
        this.listener = listen(0);
        this.nearPort = listener.getLocalPort();
        this.jdbcUrl = address.replaceFirst("//127.0.0.1:" + nearPort + "/");
    }

    /** The database by way of this line. */
    public String jdbcUrl() {
        return jdbcUrl;
    }

    /** Ends every connection and refuses new ones. */
    public void cut() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    /** Accepts connections again. */
    public void mend() throws IOException {
        listener = listen(nearPort);
    }

    @Override
    public void close() throws IOException {
        cut();
    }

    private ServerSocket listen(int port) throws IOException {
        var server = new ServerSocket();
        server.setReuseAddress(true);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        Thread.ofVirtual().start(() -> accept(server));
        return server;
    }

    private void accept(ServerSocket server) {
        while (!server.isClosed()) {
            try {
                Socket near = server.accept();
                Socket far = new Socket(InetAddress.getLoopbackAddress(), farPort);
                open.add(near);
                open.add(far);
                Thread.ofVirtual().start(() -> copy(near, far));
                Thread.ofVirtual().start(() -> copy(far, near));
            } catch (IOException e) {
                if (!server.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private static void copy(Socket from, Socket to) {
        try (from; to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException _) {
            // a cut line is what this is for
        }
    }
}
