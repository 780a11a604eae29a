package io.millrace.worker.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.LongConsumer;

/**
 * Counts and digests what is read through it, tells how far it is about once a megabyte, and ends with
 * {@link InterruptedIOException} when its thread is interrupted. Closing it does not close what it reads from.
 */
final class MeasuredInput extends InputStream {

    private static final long REPORT_EVERY = 1 << 20;

    private final InputStream source;
    private final LongConsumer progress;
    private final MessageDigest digest = sha256();
    private long bytes;
    private long reported;

    MeasuredInput(InputStream source, LongConsumer progress) {
        this.source = source;
        this.progress = progress;
    }

    /** One that tells nobody how far it is. */
    static MeasuredInput quiet(InputStream source) {
        return new MeasuredInput(source, bytes -> {
        });
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted after " + bytes + " bytes");
        }
        int count = source.read(target, offset, length);
        if (count > 0) {
            digest.update(target, offset, count);
            bytes += count;
            if (bytes - reported >= REPORT_EVERY) {
                reported = bytes;
                progress.accept(bytes);
            }
        }
        return count;
    }

    /** Reads what is left, so that it is counted. */
    void drain() throws IOException {
        transferTo(OutputStream.nullOutputStream());
        progress.accept(bytes);
    }

    long bytes() {
        return bytes;
    }

    /** Of what was read; to be asked once. */
    String sha256Hex() {
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
