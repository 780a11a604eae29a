package io.millrace.api.compression;

import java.io.IOException;
import java.io.OutputStream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One encoder at work. It holds native memory until it is finished or abandoned, whichever comes first; a call after that
 * does nothing. Safe for a thread that abandons it while another writes, as happens when an asynchronous answer times out.
 */
final class EncodedStream {

    private static final Logger LOG = LoggerFactory.getLogger(EncodedStream.class);

    private final OutputStream target;
    private final OutputStream encoder;
    private final Runnable whenClosed;
    private volatile boolean abandoned;
    private boolean closed;

    EncodedStream(OutputStream target, Library library, Runnable whenClosed) throws IOException {
        this.target = target;
        this.encoder = library.encoder(new Sink());
        this.whenClosed = whenClosed;
    }

    synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        if (closed) {
            throw new IOException("the answer has ended");
        }
        encoder.write(bytes, offset, length);
    }

    /** Everything written so far is on its way to the client, in a form that it can decode. */
    synchronized void flush() throws IOException {
        if (!closed) {
            encoder.flush();
            target.flush();
        }
    }

    /** Writes the end. */
    synchronized void finish() throws IOException {
        if (!closed) {
            closed = true;
            try {
                encoder.close();
            } finally {
                whenClosed.run();
            }
        }
    }

    /** Writes nothing more: what the client got stays recognisable as incomplete. */
    void abandon() {
        abandoned = true;
        try {
            finish();
        } catch (IOException e) {
            LOG.debug("an abandoned encoder did not end well, its memory is free all the same", e);
        }
    }

    /** A compression library. */
    interface Library {

        /** An encoder that frees what it holds when it is closed. */
        OutputStream encoder(OutputStream sink) throws IOException;
    }

    /** Encoders write what they have left when they are closed, which an abandoned answer must not get. */
    private final class Sink extends OutputStream {

        @Override
        public void write(int b) throws IOException {
            if (!abandoned) {
                target.write(b);
            }
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (!abandoned) {
                target.write(bytes, offset, length);
            }
        }
    }
}
