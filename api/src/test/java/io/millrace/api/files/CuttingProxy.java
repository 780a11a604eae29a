package io.millrace.api.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A line to a server on this machine that is cut after so many bytes to the server, now by a reset, now by an end. */
final class CuttingProxy implements AutoCloseable {

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int farPort;
    private final Deque<Long> cuts = new ConcurrentLinkedDeque<>();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicInteger cut = new AtomicInteger();

    /** Cuts at {@code times} random points of about {@code bytes}. */
    CuttingProxy(int farPort, int times, long bytes, Random random) throws IOException {
        this.farPort = farPort;
        random.longs(times, 1, bytes).sorted().forEach(cuts::add);
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** How often it has cut. */
    int cut() {
        return cut.get();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket near = listener.accept();
                Socket far = new Socket(InetAddress.getLoopbackAddress(), farPort);
                Thread.ofVirtual().start(() -> forward(near, far));
                Thread.ofVirtual().start(() -> copy(far, near));
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void forward(Socket near, Socket far) {
        byte[] buffer = new byte[64 * 1024];
        try (near; far) {
            InputStream in = near.getInputStream();
            OutputStream out = far.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                Long next = cuts.peek();
                long before = sent.getAndAdd(read);
                if (next != null && before + read >= next && cuts.remove(next)) {
                    out.write(buffer, 0, Math.clamp(next - before, 0, read));
                    boolean isReset = cut.getAndIncrement() % 2 == 0;
                    near.setSoLinger(isReset, 0);
                    far.setSoLinger(isReset, 0);
                    return;
                }
                out.write(buffer, 0, read);
            }
        } catch (IOException _) {
            // a cut line is what this is for
        }
    }

    private static void copy(Socket from, Socket to) {
        try (from; to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException _) {
            // likewise
        }
    }
}
