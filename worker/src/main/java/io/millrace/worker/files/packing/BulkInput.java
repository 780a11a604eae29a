package io.millrace.worker.files.packing;

import java.io.IOException;
import java.io.InputStream;

/** A stream that is read many bytes at a time; of one it makes the same. */
abstract class BulkInput extends InputStream {

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public abstract int read(byte[] target, int offset, int length) throws IOException;
}
