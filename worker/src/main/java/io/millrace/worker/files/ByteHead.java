package io.millrace.worker.files;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;

/**
 * The first bytes of a file, looked at before it is read.
 *
 * @param bytes
 *            at most {@value #MAX}
 * @param whole
 *            whether that is all there is
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and not worth a copy
record ByteHead(byte[] bytes, boolean whole) {

    static final int MAX = 256 * 1024;

    static ByteHead of(InputStream input) throws IOException {
        byte[] bytes = input.readNBytes(MAX);
        return new ByteHead(bytes, bytes.length < MAX);
    }

    boolean isEmpty() {
        return bytes.length == 0;
    }

    /** The whole content again, of which this was the head. */
    InputStream followedBy(InputStream rest) {
        return new SequenceInputStream(new ByteArrayInputStream(bytes), rest);
    }
}
