package io.millrace.worker.mail.smtp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocketFactory;

/** TLS by another factory, over a socket that the wire then has hold of. */
final class TlsOverWire extends SSLSocketFactory {

    private final SSLSocketFactory tls;
    private final Wire wire;

    TlsOverWire(SSLSocketFactory tls, Wire wire) {
        this.tls = tls;
        this.wire = wire;
    }

    /** What Jakarta Mail asks for. */
    @Override
    public Socket createSocket(Socket below, String host, int port, boolean autoClose) throws IOException {
        return tls.createSocket(wire.hold(below), host, port, autoClose);
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return tls.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return tls.getSupportedCipherSuites();
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
