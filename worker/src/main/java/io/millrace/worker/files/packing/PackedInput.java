package io.millrace.worker.files.packing;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

import org.jspecify.annotations.Nullable;

/** Packed bytes on their way into an unpacker. Remembers what reading them threw: that says nothing against them. */
final class PackedInput extends FilterInputStream {

    private @Nullable Exception failure;

    PackedInput(InputStream source) {
        super(source);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        try {
            return super.read(target, offset, length);
        } catch (IOException | RuntimeException e) {
            failure = e;
            throw e;
        }
    }

    /**
     * What to throw when an unpacker has failed by itself.
     *
     * @throws IOException
     *             what reading from here threw, if that is why it failed; likewise an unchecked one
     */
    DamagedContent blame(Exception thrown, String what, long bytes) throws IOException {
        if (failure instanceof IOException e) {
            throw e;
        }
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        return new DamagedContent(what, bytes, thrown);
    }

    /** What is read from belongs to somebody else. */
    @Override
    public void close() {
        // See above.
    }
}
