package io.millrace.worker.mail.smtp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketException;
import javax.net.SocketFactory;

import org.jspecify.annotations.Nullable;

/**
 * Makes the socket of one connection, and keeps hold of it underneath its TLS, so that it can be cut while others wait for it. It has no
 * base in common with {@link TlsOverWire}: Jakarta Mail speaks TLS over whatever comes of an {@code SSLSocketFactory}.
 */
final class Wire extends SocketFactory {

    private final Proxy proxy;
    private @Nullable Socket socket;
    private boolean isCut;

    Wire(Proxy proxy) {
        this.proxy = proxy;
    }

    /** What Jakarta Mail asks for; it connects it itself. */
    @Override
    public Socket createSocket() throws IOException {
        return hold(new Socket(proxy));
    }

    synchronized Socket hold(Socket made) throws IOException {
        socket = made;
        if (isCut) {
            made.close();
            throw new SocketException("Connect timed out");
        }
        return made;
    }

    /** Whoever reads or writes fails at once. */
    synchronized void cut() {
        isCut = true;
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException e) {
            // it is of no more use either way
        }
    }

    synchronized boolean isCut() {
        return isCut;
    }

    /** How long one read may take from now on, for TLS above it as well; 0 for ever. */
    synchronized void waitFor(int millis) {
        try {
            if (socket != null) {
                socket.setSoTimeout(millis);
            }
        } catch (SocketException e) {
            // it is closed, as whoever reads from it will see
        }
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) {
        throw new UnsupportedOperationException();
    }
}
