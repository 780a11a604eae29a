package io.millrace.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A way to a Postgres that breaks what goes through it and lets nothing more in while it is shut. */
final class ClosableGate implements AutoCloseable {

    private final String url;
    private final int real;
    private final ServerSocket entrance;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final AtomicInteger refused = new AtomicInteger();
    private volatile boolean shut;

    ClosableGate(String jdbcUrl) {
        real = URI.create(jdbcUrl.substring("jdbc:".length())).getPort();
        try {
            entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        url = jdbcUrl.replaceFirst("//[^/]*/", "//127.0.0.1:" + entrance.getLocalPort() + "/");
        Thread.ofVirtual().start(this::letIn);
    }

    String url() {
        return url;
    }

    void shut() {
        shut = true;
        open.forEach(ClosableGate::closeQuietly);
        open.clear();
    }

    void open() {
        shut = false;
    }

    /** How many came while it was shut. */
    int refused() {
        return refused.get();
    }

    @Override
    public void close() {
        try {
            entrance.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        shut();
    }

    private void letIn() {
        try {
            while (true) {
                var guest = entrance.accept();
                if (shut) {
                    guest.close();
                    refused.incrementAndGet();
                    continue;
                }
                var server = new Socket(InetAddress.getLoopbackAddress(), real);
                open.addAll(List.of(guest, server));
                Thread.ofVirtual().start(() -> carry(guest, server));
                Thread.ofVirtual().start(() -> carry(server, guest));
            }
        } catch (IOException e) {
            shut = true;
        }
    }

    private static void carry(Socket from, Socket to) {
        try (from; to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            closeQuietly(to);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
