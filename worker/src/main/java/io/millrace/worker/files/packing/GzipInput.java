package io.millrace.worker.files.packing;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Unpacks RFC 1952, all members of it. The JDK's reader takes what follows the first member for no part of the file if
 * it is damaged, and that of Commons Compress keeps a name of any length; this one refuses the former and skips the latter.
 * Zeros at the end, as tapes leave them, are no damage.
 */
final class GzipInput extends BulkInput {

    private static final int HEADER_CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int RESERVED = 0xE0;

    private final InputStream packed;
    private final byte[] buffer = new byte[64 * 1024];
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private int at;
    private int filled;
    private boolean started;
    private boolean within;

    GzipInput(InputStream packed) {
        this.packed = packed;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (within || begin()) {
            int count = inflate(target, offset, length);
            if (count > 0) {
                crc.update(target, offset, count);
                return count;
            }
            if (inflater.finished()) {
                end();
            } else if (inflater.needsInput()) {
                feed();
            } else {
                throw new ZipException("it needs a dictionary");
            }
        }
        return -1;
    }

    private int inflate(byte[] target, int offset, int length) throws ZipException {
        try {
            return inflater.inflate(target, offset, length);
        } catch (DataFormatException e) {
            throw (ZipException) new ZipException("invalid data").initCause(e);
        }
    }

    private void feed() throws IOException {
        if (at == filled && !fill()) {
            throw new EOFException();
        }
        inflater.setInput(buffer, at, filled - at);
        at = filled;
    }

    /** Whether there is another member; its header is read then. */
    private boolean begin() throws IOException {
        if (at == filled && !fill()) {
            return requireStarted();
        }
        if (started && buffer[at] == 0) {
            requireOnlyZeros();
            return false;
        }
        if (next() != 0x1F || next() != 0x8B || next() != Deflater.DEFLATED) {
            throw new ZipException("no gzip header");
        }
        int flags = next();
        if ((flags & RESERVED) != 0) {
            throw new ZipException("unknown flags");
        }
        // Time, level, system.
        skip(6);
        header(flags);
        inflater.reset();
        crc.reset();
        started = true;
        within = true;
        return true;
    }

    private boolean requireStarted() throws EOFException {
        if (!started) {
            throw new EOFException();
        }
        return false;
    }

    private void header(int flags) throws IOException {
        if ((flags & EXTRA) != 0) {
            skip((int) number(2));
        }
        if ((flags & NAME) != 0) {
            skipText();
        }
        if ((flags & COMMENT) != 0) {
            skipText();
        }
        if ((flags & HEADER_CRC) != 0) {
            skip(2);
        }
    }

    private void end() throws IOException {
        at = filled - inflater.getRemaining();
        long expected = number(4);
        long size = number(4);
        if (crc.getValue() != expected || (inflater.getBytesWritten() & 0xFFFF_FFFFL) != size) {
            throw new ZipException("the checksum does not match");
        }
        within = false;
    }

    private void requireOnlyZeros() throws IOException {
        do {
            while (at < filled) {
                if (buffer[at++] != 0) {
                    throw new ZipException("no gzip header");
                }
            }
        } while (fill());
    }

    private void skip(int bytes) throws IOException {
        for (int i = 0; i < bytes; i++) {
            next();
        }
    }

    private void skipText() throws IOException {
        int next = next();
        while (next != 0) {
            next = next();
        }
    }

    /** The lowest byte first. */
    private long number(int bytes) throws IOException {
        long number = 0;
        for (int i = 0; i < bytes; i++) {
            number |= (long) next() << (8 * i);
        }
        return number;
    }

    private int next() throws IOException {
        if (at == filled && !fill()) {
            throw new EOFException();
        }
        return Byte.toUnsignedInt(buffer[at++]);
    }

    private boolean fill() throws IOException {
        at = 0;
        filled = Math.max(packed.read(buffer, 0, buffer.length), 0);
        return filled > 0;
    }

    @Override
    public void close() {
        inflater.end();
    }
}
